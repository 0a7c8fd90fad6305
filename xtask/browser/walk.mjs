// What the journeys share: a browser, a page whose faults are noted, steps that say how they went, axe, pictures.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Faults that a page tells of; an answer that was refused on purpose is none. */
export const faults = [];

export const launch = (executablePath) => chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });

export async function open(context) {
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on("console", (it) => {
    if (it.type() === "error" && !/status of (40[0-9]|502)/.test(it.text())) faults.push(`${page.url()}: ${it.text()}`);
  });
  return page;
}

export async function step(name, walk) {
  const begun = Date.now();
  await walk();
  assert.deepEqual(faults, [], "nothing fails in the browser");
  console.log(`ok: ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
}

export async function sees(page, words) {
  assert.ok((await page.textContent("main")).includes(words), `${page.url()}: “${words}” is not there`);
}

/** What is seriously wrong with a page for people who see, hear or move otherwise; and whether it is too wide. */
export async function wrong(tab, name) {
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate((tags) => axe.run(document, { runOnly: tags }), WCAG);
  const serious = violations.filter((it) => ["serious", "critical"].includes(it.impact));
  const told = serious.map((it) => `${name}: ${it.id}: ${it.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) told.push(`${name} is ${wide} pixels too wide`);
  return told;
}

/** Ways of looking. */
export const VIEWS = {
  light: { viewport: { width: 1280, height: 800 } },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true },
};

/** Keeps a picture where HEDGEROW_SHOTS names a folder. */
export async function shoot(tab, name, fullPage = true) {
  const folder = process.env.HEDGEROW_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await tab.screenshot({ path: `${folder}/${name.replace(/[^a-z0-9]+/gi, "-")}.png`, fullPage });
}
