/**
 * How long a whole sign-in takes, beside a bare relying party that walks the same way at the same provider. What the guards cost is
 * what that relying party needs more when it asks through the guarded transport.
 */
import "../support/import-from-root.ts";
import * as oidc from "openid-client";
import type { Preview } from "../../dev/preview.ts";
import { createHttpClient, type HttpClient } from "../support/http-client.ts";
import { type Figure, type Measurement, percentile } from "./figure.ts";

const rounds = 50;
const warmUp = 5;

export const measure: Measurement = async (preview): Promise<Figure[]> => {
  const { createTransport } = await import("../support/guarded-transport.ts");
  const { OPENID_PROVIDER_URL: issuer, OAUTH_CLIENT_ID: clientId } = preview.hub.environment;
  const walks = {
    ours: () => signInAtTheApp(preview),
    bare: await relyingParty(preview, fetch),
    guarded: await relyingParty(preview, createTransport({ issuer, clientId })),
  };
  const samples: Record<keyof typeof walks, number[]> = { ours: [], bare: [], guarded: [] };
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of ["ours", "bare", "guarded"] as const) {
      const took = await timed(walks[name]);
      if (round >= 0) samples[name].push(took);
    }
  }
  const median = (name: keyof typeof walks) => percentile(samples[name], 0.5);
  const guards = median("guarded") - median("bare");
  const peer = `openid-client alone ${median("bare").toFixed(1)} ms, through the guards ${median("guarded").toFixed(1)} ms`;
  return [
    { name: `a whole sign-in: median of ${rounds}`, value: median("ours"), unit: "ms", limit: 2000, peer },
    { name: "what the guards cost of it", value: (100 * guards) / median("ours"), unit: "%", limit: 10 },
    { name: "a whole sign-in: p95", value: percentile(samples.ours, 0.95), unit: "ms" },
  ];
};

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** From the badge's link to the answer that sets the session. */
async function signInAtTheApp({ origin }: Preview): Promise<void> {
  const client = createHttpClient(origin);
  const started = await client.request(`${origin}/login?next=/gallery`);
  const callback = await consent(client, started.headers.get("location") ?? "", origin);
  const ended = await client.request(callback);
  if (ended.headers.get("location") !== `${origin}/gallery`) throw new Error(`signing in ended with ${ended.status}`);
}

/** The same without an app around it: discovery once, then code, token, ID token and userinfo for each sign-in. */
async function relyingParty({ origin, hub: { environment } }: Preview, transport: typeof fetch): Promise<() => Promise<void>> {
  const { OPENID_PROVIDER_URL: issuer, OAUTH_CLIENT_ID: id, OAUTH_CLIENT_SECRET: secret, OAUTH_SCOPES: scope } = environment;
  const insecure = { execute: [oidc.allowInsecureRequests] };
  const configuration = await oidc.discovery(new URL(issuer), id, secret, oidc.ClientSecretBasic(secret), insecure);
  configuration[oidc.customFetch] = (url, options) => transport(url, options as RequestInit);
  return async () => {
    const [pkceCodeVerifier, expectedState, expectedNonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
    const authorization = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: `${origin}/api/auth/callback/huggingface`,
      scope,
      state: expectedState,
      nonce: expectedNonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: "S256",
    });
    const callback = await consent(createHttpClient(issuer), authorization.href, origin);
    const tokens = await oidc.authorizationCodeGrant(configuration, new URL(callback), { pkceCodeVerifier, expectedState, expectedNonce });
    await oidc.fetchUserInfo(configuration, tokens.access_token, tokens.claims()?.sub ?? "");
  };
}

/** Says yes at the provider, and gives back the redirect URI with its answer. */
async function consent(client: HttpClient, authorization: string, app: string): Promise<string> {
  const page = (await client.request(authorization)).headers.get("location") ?? "";
  const body = new URLSearchParams({ person: "", username: "bench", decision: "authorize" });
  let response = await client.request(page, { method: "POST", body });
  for (let hops = 0; hops < 5; hops++) {
    const location = response.headers.get("location") ?? "";
    if (location.startsWith(app)) return location;
    response = await client.request(location);
  }
  throw new Error("the provider did not lead back to the app");
}
