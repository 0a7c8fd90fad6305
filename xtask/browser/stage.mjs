// X and Facebook played on this machine, in the shapes that they document: `node stage.mjs`; prints its address once it answers.
// It checks what they check: client, secret, exact redirect address, challenge, codes used once.
import { createHash } from "node:crypto";
import http from "node:http";

const CLIENT = "hedgerow";
const SECRET = "a secret/of +the stage";
const codes = new Map();
let base = "";

const PEOPLE = {
  x: { data: { id: "2244994945", name: "Ann on X", username: "ann" } },
  facebook: { id: "10158", name: "Ann on Facebook" },
};
const WRONG = {
  x: (status, title) => [status, { title, detail: title, type: "about:blank", status }],
  facebook: (status, message) => [status, { error: { message, type: "OAuthException", code: 190, fbtrace_id: "A1" } }],
};

const read = async (request) => {
  let body = "";
  for await (const part of request) body += part;
  return new URLSearchParams(body);
};

// A person reads what is asked for and agrees, or does not.
function consent(who, asked) {
  const fits = asked.get("client_id") === CLIENT && asked.get("response_type") === "code" && asked.get("code_challenge_method") === "S256"
    && asked.get("state") && asked.get("redirect_uri");
  if (!fits) return [400, "text/html", "<h1>Something went wrong</h1>"];
  const back = (fields) => {
    const to = new URL(asked.get("redirect_uri"));
    for (const [name, value] of Object.entries({ ...fields, state: asked.get("state") })) to.searchParams.set(name, value);
    // Facebook leaves this behind.
    return (who === "facebook" ? `${to}#_=_` : `${to}`).replaceAll("&", "&amp;");
  };
  const code = `code-${codes.size}`;
  codes.set(code, { who, redirect: asked.get("redirect_uri"), challenge: asked.get("code_challenge") });
  const no = who === "facebook"
    ? { error: "access_denied", error_code: "200", error_description: "Permissions error", error_reason: "user_denied" }
    : { error: "access_denied" };
  return [200, "text/html", `<!doctype html><title>${who}</title><h1>Hedgerow wants to know who you are</h1>
    <p><a href="${back({ code })}">Agree</a> <a href="${back(no)}">Cancel</a></p>`];
}

// A code becomes a token, once.
function redeem(who, form, authorization) {
  const part = (text) => encodeURIComponent(text).replaceAll("%20", "+");
  const basic = `Basic ${Buffer.from(`${part(CLIENT)}:${part(SECRET)}`).toString("base64")}`;
  const known = who === "x"
    ? authorization === basic && !form.has("client_secret")
    : !authorization && form.get("client_id") === CLIENT && form.get("client_secret") === SECRET;
  if (!known) return WRONG[who](401, "Unauthorized");
  const given = codes.get(form.get("code"));
  codes.delete(form.get("code"));
  const challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
  const fits = given?.who === who && given.redirect === form.get("redirect_uri") && given.challenge === challenge
    && form.get("grant_type") === "authorization_code";
  if (!fits) return WRONG[who](400, "Value passed for the authorization code was invalid.");
  return [200, { access_token: `for ${who}`, token_type: "bearer", expires_in: 7200 }];
}

const server = http.createServer(async (request, response) => {
  const url = new URL(request.url, base);
  const [, who, what] = url.pathname.split("/");
  const authorization = request.headers.authorization;
  const send = (status, kind, content) => response.writeHead(status, { "content-type": kind }).end(content);
  const data = ([status, value]) => send(status, "application/json", JSON.stringify(value));
  if (!(who in PEOPLE)) return send(404, "text/plain", "");
  if (what === "authorize") return send(...consent(who, url.searchParams));
  if (what === "token" && request.method === "POST") return data(redeem(who, await read(request), authorization));
  if (what === "me") return data(authorization === `Bearer for ${who}` ? [200, PEOPLE[who]] : WRONG[who](401, "Unauthorized"));
  return send(404, "text/plain", "");
});
server.listen(0, "127.0.0.1", () => {
  base = `http://127.0.0.1:${server.address().port}`;
  console.log(base);
});
