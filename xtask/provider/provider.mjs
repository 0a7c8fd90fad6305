// A real OpenID provider on this machine. Whoever is sent here is Ann and agrees at once.
// usage: node provider.mjs REDIRECT_URI…; prints its issuer once it answers.
import http from "node:http";
import { Provider } from "oidc-provider";

const server = http.createServer((request, response) => answer(request, response));
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "hedgerow",
      client_secret: "a secret of the tests",
      redirect_uris: process.argv.slice(2),
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ],
  cookies: { keys: ["a key of the tests"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  claims: { openid: ["sub"], profile: ["name"] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: "Ann of the University" }) }),
});
const pages = provider.callback();

async function answer(request, response) {
  if (!request.url.startsWith("/interaction/")) return pages(request, response);
  const { prompt, params } = await provider.interactionDetails(request, response);
  if (prompt.name === "login") {
    return provider.interactionFinished(request, response, { login: { accountId: "ann-7" } });
  }
  const grant = new provider.Grant({ accountId: "ann-7", clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
}

console.log(issuer);
