import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startIdentityProvider } from "../../dev/identity-provider.ts";
import { freePort } from "../../dev/ports.ts";
import { startPreview } from "../../dev/preview.ts";
import { beginHandoff, claimHandoff, fromOurFrame, newSecret } from "../support/handoff.ts";
import { createHttpClient } from "../support/http-client.ts";
import { newUsername } from "../support/pictures.ts";
import { answerConsent } from "../support/sign-in-by-http.ts";
import { spaceOrigin, startSpace } from "../support/space.ts";
import { expect, test } from "../support/test.ts";

const name = "keepsake-session";

/** Signs in as far as the redirect URI; gives back the session cookie as it was before any page was opened with it. */
async function newSession(origin: string): Promise<string> {
  const client = createHttpClient(origin);
  const { address } = await client.visit(`${origin}/login`);
  const form = new URLSearchParams({ person: "", username: newUsername(), decision: "authorize" });
  let response = await client.request(address, { method: "POST", body: form });
  while (!client.cookies().some((cookie) => cookie.name === name)) {
    response = await client.request(response.headers.get("location") ?? "none:");
  }
  return client.cookies().find((cookie) => cookie.name === name)?.value ?? "";
}

test("a session is refreshed before it ends, by pages and by route handlers; refused, it ends", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "keepsake-settings-"));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const client = { id: "refreshing", secret: "a secret & its %2B", name: "Keepsake", origins: [origin], scopes: ["openid", "profile"] };
  // So short-lived that a refresh is due at once.
  const settings = { clients: [client], refreshTokens: true, accessTokenLifetime: 200 };
  const provider = await startIdentityProvider(settings);
  const environment = {
    NODE_ENV: "production",
    OAUTH_CLIENT_ID: client.id,
    OAUTH_CLIENT_SECRET: client.secret,
    OAUTH_SCOPES: "openid profile",
    OPENID_PROVIDER_URL: provider.issuer,
  };
  const preview = await startPreview({ folder, port, quiet: true, environment });
  const get = async (place: string, sealed: string) => {
    const response = await fetch(origin + place, { headers: { cookie: `${name}=${sealed}` }, redirect: "manual" });
    const line = response.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`));
    return { status: response.status, sealed: line?.match(/=([^;]*)/)?.[1], line };
  };
  try {
    for (const [first, second] of [
      ["/account", "/api/me"],
      ["/api/me", "/account"],
    ] as const) {
      const old = await newSession(origin);
      const renewed = await get(first, old);
      expect(renewed.status, first).toBe(200);
      expect(renewed.sealed?.length, first).toBeGreaterThan(100);
      expect(renewed.line).toMatch(/HttpOnly/i);
      // Another tab still has the old cookie, whose refresh token is used up: it gets the same session.
      expect(await get(second, old)).toMatchObject({ status: 200, sealed: renewed.sealed });
      expect(await get(second, renewed.sealed ?? "")).toMatchObject({ status: 200, line: undefined });
    }
    const [forHandler, forPage] = [await newSession(origin), await newSession(origin)];
    await provider.close();
    const forgetful = await startIdentityProvider({ ...settings, port: Number(new URL(provider.issuer).port) });
    expect(await get("/api/me", forHandler)).toMatchObject({ status: 401, sealed: "" });
    expect(await get("/account", forPage)).toMatchObject({ status: 307, sealed: "" });
    expect((await get("/api/me", forPage)).status).toBe(401);
    await forgetful.close();
  } finally {
    await preview.close();
    await provider.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test("whoever signed in for the frame stays signed in there: it has the refresh token, and the tab has none; without a frame the tab has it", async () => {
  const client = { id: "refreshing", secret: "a secret", name: "Keepsake", origins: [spaceOrigin], scopes: ["openid", "profile"] };
  const provider = await startIdentityProvider({ clients: [client], refreshTokens: true, accessTokenLifetime: 200 });
  const oauth = { OAUTH_CLIENT_ID: client.id, OAUTH_CLIENT_SECRET: client.secret, OAUTH_SCOPES: "openid profile" };
  const space = await startSpace({ environment: { ...oauth, OPENID_PROVIDER_URL: provider.issuer } });
  try {
    const [tab, late, frame] = [space.client(), space.client(), space.client()];
    const { verifier, challenge } = newSecret();
    const started = await beginHandoff(tab, challenge);
    const again = await beginHandoff(late, challenge);
    const { address } = await tab.visit(started.headers.get("location") ?? "");
    await answerConsent(tab, address, { username: newUsername() });
    expect((await claimHandoff(frame, verifier)).status).toBe(200);
    const sealed = () => frame.cookies().map(({ name, value }) => `${name}=${value}`);
    const first = sealed();
    const asked = await frame.request(`${spaceOrigin}/api/me`, { headers: fromOurFrame });
    expect(asked.status).toBe(200);
    expect(asked.headers.getSetCookie().join()).toMatch(/^__Host-keepsake-frame=[^;]{100,};.*Partitioned/);
    expect(sealed()).not.toEqual(first);
    expect((await frame.request(`${spaceOrigin}/api/me`, { headers: fromOurFrame })).status).toBe(200);
    const inTab = await tab.request(`${spaceOrigin}/api/me`);
    expect([inTab.status, inTab.headers.getSetCookie()]).toEqual([200, []]);

    // Another tab of the same handoff comes too late: no frame has its session, so it keeps the refresh token, and the page makes use of it.
    const { address: consent } = await late.visit(again.headers.get("location") ?? "");
    const end = await answerConsent(late, consent, { username: newUsername() });
    expect(end.address).toBe(`${spaceOrigin}/embedded?next=%2Faccount`);
    expect(end.response.headers.getSetCookie().join()).toMatch(/__Host-keepsake-session=[^;]{100,};/);
  } finally {
    await space.close();
    await provider.close();
  }
});
