// Signing in, replying, moderating, leaving, in a real browser: `node people.mjs ADDRESS BROWSER PROGRAM LEDGER PASSWORD`.
// The provider of OpenID Connect is a real one; X and Facebook are played by stage.mjs. PASSWORD is that of the admin `desk`.
import { execFileSync } from "node:child_process";
import assert from "node:assert/strict";
import { VIEWS, faults, launch, open, sees, shoot, step, wrong } from "./walk.mjs";

const [base, executablePath, program, ledger, password] = process.argv.slice(2);
const browser = await launch(executablePath);
const context = await browser.newContext(VIEWS.light);
const page = await open(context);
const at = (path) => new URL(path, base).href;
const user = (...words) => execFileSync(program, ["user", ...words, "--ledger", ledger], { encoding: "utf8" });

await page.goto(at("/dyads/JPN/VNM"));
const fact = new URL(await page.locator("section[aria-labelledby=disputes] tbody a").first().getAttribute("href"), base).pathname;
const talk = `/replies/${encodeURIComponent(`fact:${fact.split("/").pop()}`)}`;
const write = async (tab, words) => {
  await tab.fill("section.write textarea", words);
  await tab.getByRole("button", { name: "Send" }).click();
};

await step("a reply after signing in with a real OpenID provider", async () => {
  await page.goto(at(fact));
  assert.deepEqual(await context.cookies(), [], "reading sets no cookie");
  await page.getByRole("link", { name: "Leave a reply" }).click();
  await page.locator("#write ~ * a, section.write a").filter({ hasText: "Sign in" }).first().click();
  await page.getByRole("link", { name: "Sign in with University" }).click();
  await page.waitForURL(/\/replies\//);
  await sees(page, "You write as Ann of the University");
  await write(page, "The wires of that week say *200 million yen*. <script>alert(1)</script>");
  await sees(page, "Your reply is there.");
  assert.equal(await page.locator(".thread em").textContent(), "200 million yen");
  assert.equal(await page.locator("main script").count(), 0, "words never run");
  await page.goto(at(fact));
  await sees(page, "1 reply");
  for (const it of await context.cookies(base)) assert.ok(it.httpOnly && it.sameSite === "Lax", `${it.name} is out of reach`);
});

await step("a refused sign-in with X, then one that is agreed to, as somebody else", async () => {
  await page.goto(at("/account"));
  await page.getByRole("button", { name: "Log out to be somebody else" }).click();
  await page.getByRole("link", { name: "Sign in with X" }).click();
  await page.getByRole("link", { name: "Cancel" }).click();
  await sees(page, "Sign in anew at /login");
  await page.goto(at("/account"));
  assert.ok(page.url().includes("/login"), "nobody is signed in");
  await page.getByRole("link", { name: "Sign in with X" }).click();
  await page.getByRole("link", { name: "Agree" }).click();
  await page.waitForURL(/\/account/);
  await sees(page, "Ann on X");
  await sees(page, "Nothing yet.");
});

await step("an answer is changed and removed, and leaves an empty place", async () => {
  await page.goto(at(talk));
  await page.getByRole("link", { name: "Answer", exact: true }).click();
  await write(page, "> yen\n\nAnd the pledge?");
  await sees(page, "answers Ann of the University");
  await page.getByText("Change or remove").click();
  await page.locator("details.own textarea").fill("And what of the pledge?");
  await page.getByRole("button", { name: "Keep the change" }).click();
  await sees(page, "And what of the pledge?");
  await shoot(page, "thread");
  // Somebody answers it, so that its place must stay.
  await page.locator("li.reply.in1").getByRole("link", { name: "Answer", exact: true }).click();
  await write(page, "It is kept apart.");
  await page.locator("li.reply.in1").getByText("Change or remove").click();
  await page.locator("li.reply.in1").getByRole("button", { name: "Remove" }).click();
  await sees(page, "A reply was here and was removed.");
  await sees(page, "It is kept apart.");
});

await step("signing in with Facebook, whose address comes back with a tail", async () => {
  await page.goto(at("/account"));
  await page.getByRole("button", { name: "Log out to be somebody else" }).click();
  await page.getByRole("link", { name: "Sign in with Facebook" }).click();
  await page.getByRole("link", { name: "Agree" }).click();
  await page.waitForURL(/\/account/);
  await sees(page, "Ann on Facebook");
  assert.equal(user("list").match(/Ann /g).length, 3, "three providers, three accounts");
});

await step("what another browser began, or nobody, signs nobody in", async () => {
  const other = await browser.newContext();
  const tab = await open(other);
  for (const path of ["/callback/x?code=code-0&state=made-up", "/callback/uni?error=access_denied&state=x", "/callback/nobody?code=1"]) {
    const answer = await tab.goto(at(path));
    assert.equal(answer.status(), 403, path);
  }
  await tab.goto(at("/account"));
  assert.ok(tab.url().includes("/login"));
  await other.close();
});

await step("a guest's reply waits, a moderator shows it, and the address is nowhere", async () => {
  const guest = await browser.newContext();
  const tab = await open(guest);
  await tab.goto(at(talk));
  await tab.fill("input[name=name]", "Bo");
  await tab.fill("input[name=email]", "bo@example.org");
  await write(tab, "Was it *yen* or *dollars*?");
  await sees(tab, "as soon as a moderator has read it");
  await tab.goto(at(fact));
  assert.ok(!(await tab.textContent("main")).includes("yen or dollars"), "not shown yet");

  const house = await browser.newContext(VIEWS.light);
  const admin = await open(house);
  await admin.goto(at("/login?back=%2Fmoderate"));
  await admin.fill("input[name=login]", "desk");
  await admin.fill("input[name=password]", "not this password");
  await admin.getByRole("button", { name: "Sign in" }).click();
  await sees(admin, "There is no account of that name with that password.");
  await admin.fill("input[name=login]", "desk");
  await admin.fill("input[name=password]", password);
  await admin.getByRole("button", { name: "Sign in" }).click();
  await sees(admin, "1 reply waits");
  await shoot(admin, "moderation");
  await admin.getByRole("button", { name: "Show", exact: true }).click();
  await sees(admin, "Nothing waits.");
  for (const path of [fact, talk, `${talk}.json`, `${talk}.csv`, "/replies.atom"]) {
    const text = await (await tab.request.get(at(path))).text();
    assert.ok(text.includes("Bo") && !text.includes("bo@example.org"), path);
  }

  // The same admin writes a brief, whose note is that fact.
  await admin.goto(at("/briefs/new"));
  await admin.fill("input[name=title]", "What was pledged to Hanoi");
  await admin.fill("textarea[name=text]", `Two sums are told.[^fact:${fact.split("/").pop()}]\n\n## What follows\n\nOne of them is wrong.`);
  await admin.getByRole("button", { name: "Save as a draft" }).click();
  await admin.getByRole("button", { name: /publish as version 1/ }).click();
  await sees(admin, "What was pledged to Hanoi");
  const brief = new URL(admin.url()).pathname;
  await tab.goto(at(brief));
  await sees(tab, "Two sums are told.");
  assert.ok(await tab.locator(`a[href="${fact}"]`).count() > 0, "the note leads to its fact");
  await shoot(tab, "brief");

  const told = [];
  for (const path of ["/account", "/moderate", "/briefs/new", `${brief}/edit`, "/review?queue=confidence", talk]) {
    await admin.goto(at(path));
    told.push(...await wrong(admin, `admin ${path}`));
  }
  for (const [name, options] of Object.entries(VIEWS)) {
    const other = await browser.newContext(options);
    const reader = await open(other);
    for (const path of ["/login", talk, "/briefs", brief, fact, "/callback/x?code=1&state=2", "/account"]) {
      await reader.goto(at(path));
      told.push(...await wrong(reader, `${name} ${path}`));
      await shoot(reader, `people ${name} ${path}`);
    }
    await other.close();
  }
  assert.deepEqual(told, []);
  await house.close();
  await guest.close();
});

await step("a session that ended meanwhile writes nothing, and says so", async () => {
  await page.goto(at(talk));
  await sees(page, "You write as Ann on Facebook");
  const number = user("list").split("\n").find((it) => it.includes("Ann on Facebook")).trim().split(/\s+/)[0];
  user("end", number);
  await write(page, "Nobody said this.");
  await sees(page, "this form is of another session, or of none".replace("this", "This"));
  await page.goto(at(talk));
  assert.ok(!(await page.textContent("main")).includes("Nobody said this."));
  await page.goto(at("/account"));
  assert.ok(page.url().includes("/login"));
});

await step("signing in, replying and logging out by the keyboard alone", async () => {
  const until = async (words) => {
    for (let n = 0; n < 120; n += 1) {
      await page.keyboard.press("Tab");
      const it = await page.evaluate(() => {
        const on = document.activeElement;
        return { words: `${on.textContent} ${on.name ?? ""}`, outline: getComputedStyle(on).outlineStyle };
      });
      if (it.words.includes(words)) {
        assert.notEqual(it.outline, "none", `${words} shows that it has the focus`);
        return;
      }
    }
    assert.fail(`${page.url()}: “${words}” is not reached by the keyboard`);
  };
  const press = (to) => Promise.all([page.waitForURL(to), page.keyboard.press("Enter")]);
  await page.goto(at(talk));
  await until("Sign in");
  await press(/\/login/);
  await until("Sign in with University");
  await press(/\/replies\//);
  await until("text");
  await page.keyboard.type("By the keyboard alone.");
  await page.keyboard.press("Tab");
  await press(/done=shown/);
  await sees(page, "By the keyboard alone.");
  await page.goto(at("/account"));
  await until("Log out");
  await press((url) => url.pathname === "/");
  await page.goto(at("/account"));
  assert.ok(page.url().includes("/login"), "logged out");
});

assert.deepEqual(faults, []);
await browser.close();
