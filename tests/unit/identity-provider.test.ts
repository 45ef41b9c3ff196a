import { randomBytes } from "node:crypto";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readyPeople } from "../../dev/identity-provider/people.ts";
import { type RunningIdentityProvider, startIdentityProvider } from "../../dev/identity-provider.ts";
import { app, authorize, basic, redeem, redirectUri, secret, signedIn } from "../support/code-flow.ts";

let hub: RunningIdentityProvider;

beforeAll(async () => {
  const scopes = ["openid", "profile", "inference-api", "read-billing"];
  hub = await startIdentityProvider({
    clients: [
      { id: "space", secret, name: "Keepsake", origins: [app], scopes },
      { id: "public", name: "A public app", origins: [app], scopes },
    ],
  });
});
afterAll(() => hub.close());

describe("discovery", () => {
  test("names the endpoints and algorithms of the Hub", async () => {
    const document = await (await fetch(`${hub.issuer}/.well-known/openid-configuration`)).json();
    expect(document).toMatchObject({
      issuer: hub.issuer,
      authorization_endpoint: `${hub.issuer}/oauth/authorize`,
      token_endpoint: `${hub.issuer}/oauth/token`,
      userinfo_endpoint: `${hub.issuer}/oauth/userinfo`,
      jwks_uri: `${hub.issuer}/oauth/jwks`,
      id_token_signing_alg_values_supported: ["RS256"],
      code_challenge_methods_supported: ["S256"],
    });
    expect(document).not.toHaveProperty("end_session_endpoint");
    expect(document).not.toHaveProperty("revocation_endpoint");
  });
});

describe("the code flow", () => {
  test("answers the redirect URI with code and state, and the code with tokens like the Hub's", async () => {
    const { answer, verifier } = await authorize(hub.issuer);
    expect(answer.origin + answer.pathname).toBe(redirectUri);
    expect(answer.searchParams.get("state")).toBe("the state");
    const { status, body } = await redeem(hub.issuer, answer.searchParams.get("code"), verifier);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 28_800, scope: "openid profile" });
    expect(body.access_token).toMatch(/^hf_oauth_eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(body).not.toHaveProperty("refresh_token");
  });

  test("signs the ID token with RS256 and puts the identity into it, but neither plan nor organizations", async () => {
    const { token } = await signedIn(hub.issuer, { scope: "openid profile read-billing" });
    const keys = createRemoteJWKSet(new URL(`${hub.issuer}/oauth/jwks`));
    const { payload, protectedHeader } = await jwtVerify(String(token.id_token), keys, { issuer: hub.issuer, audience: "space" });
    expect(protectedHeader.alg).toBe("RS256");
    expect(payload).toMatchObject({
      name: "Grace Hopper",
      preferred_username: "grace",
      nonce: "the nonce",
      website: "https://example.com/grace",
    });
    expect(payload.sub).toMatch(/^[0-9a-f]{24}$/);
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
    for (const claim of ["isPro", "canPay", "orgs", "email"]) expect(payload).not.toHaveProperty(claim);
  });

  test("tells plan and organizations in userinfo, the role only of an organization that was opened", async () => {
    const opened = readyPeople.find(({ username }) => username === "grace")?.organizations[0]?.sub ?? "";
    const { token, userinfo } = await signedIn(hub.issuer, { organizations: [opened] });
    expect(userinfo).toMatchObject({ preferred_username: "grace", isPro: true });
    expect(userinfo).not.toHaveProperty("canPay");
    expect(userinfo.sub).toBe(JSON.parse(atob(String(token.id_token).split(".")[1] ?? "")).sub);
    expect(userinfo.orgs).toHaveLength(2);
    expect(userinfo.orgs[0]).toMatchObject({ sub: opened, plan: "team", roleInOrg: "admin" });
    expect(userinfo.orgs[1]).not.toHaveProperty("roleInOrg");
    expect((await fetch(String(userinfo.picture))).headers.get("content-type")).toBe("image/png");
  });

  test("tells the payment method with its scope only", async () => {
    const { userinfo } = await signedIn(hub.issuer, { scope: "openid profile read-billing" });
    expect(userinfo.canPay).toBe(true);
    expect(userinfo.orgs.map(({ canPay }) => canPay)).toEqual([true, false]);
  });

  test("asks for SSO where an organization does", async () => {
    const { userinfo } = await signedIn(hub.issuer, { username: "linus" });
    expect(userinfo.orgs[0]?.securityRestrictions).toEqual(["sso"]);
  });

  test("takes anyone by name, the same name always as the same person", async () => {
    const subjects = await Promise.all(
      ["zoe-7", "Zoe-7", "zoe-8"].map(async (username) => (await signedIn(hub.issuer, { username })).userinfo.sub),
    );
    expect(subjects[0]).toBe(subjects[1]);
    expect(subjects[0]).not.toBe(subjects[2]);
    expect(subjects[0]).toMatch(/^[0-9a-f]{24}$/);
  });

  test("serves a public client with PKCE alone", async () => {
    const { answer, verifier } = await authorize(hub.issuer, { clientId: "public" });
    expect((await redeem(hub.issuer, answer.searchParams.get("code"), verifier, null, "public")).status).toBe(200);
  });

  test.each(["consent", "login"])("shows the page with prompt=%s, once", async (prompt) => {
    const { html, answer } = await authorize(hub.issuer, { parameters: { prompt } });
    expect(html).toContain("Keepsake asks to sign you in");
    expect(answer.searchParams.has("code")).toBe(true);
  });
});

describe("refusals", () => {
  test("a denial goes back to the app", async () => {
    const { answer } = await authorize(hub.issuer, { decision: "deny" });
    expect(Object.fromEntries(answer.searchParams)).toMatchObject({
      error: "access_denied",
      error_description: "The user denied the request",
      state: "the state",
    });
  });

  test("a wrong verifier, a wrong secret and a second use get no tokens", async () => {
    const first = await authorize(hub.issuer);
    const code = first.answer.searchParams.get("code");
    expect(await redeem(hub.issuer, code, first.verifier, basic("space", "another secret"))).toMatchObject({
      status: 401,
      body: { error: "invalid_client" },
    });
    expect(await redeem(hub.issuer, code, randomBytes(32).toString("base64url"))).toMatchObject({
      status: 400,
      body: { error: "invalid_grant" },
    });
    const second = await authorize(hub.issuer);
    const again = second.answer.searchParams.get("code");
    expect((await redeem(hub.issuer, again, second.verifier)).status).toBe(200);
    expect(await redeem(hub.issuer, again, second.verifier)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });

  test("a scope that was not granted to the app is a scope error", async () => {
    const { answer } = await authorize(hub.issuer, { scope: "openid profile email" });
    expect(answer.searchParams.get("error")).toBe("invalid_scope");
  });

  test("a request without PKCE is refused", async () => {
    const { answer } = await authorize(hub.issuer, { parameters: { code_challenge: "", code_challenge_method: "" } });
    expect(answer.searchParams.get("error")).toBe("invalid_request");
  });

  test("a redirect URI of another origin is never followed", async () => {
    const { asked } = await authorize(hub.issuer, { redirect: "http://localhost:2/api/auth/callback/huggingface" });
    expect(asked.status).toBe(400);
    expect(asked.headers.get("location")).toBeNull();
  });

  test.each(["", "a b", "<b>", "-a", "a".repeat(43)])("%j is no user name: the page says so and stays", async (username) => {
    const { response } = await authorize(hub.issuer, { username });
    expect(response?.status).toBe(400);
    expect(await response?.text()).toContain("Write a user name of letters");
  });
});

test("lifetimes and refresh tokens follow the settings", async () => {
  const other = await startIdentityProvider({
    clients: [{ id: "space", secret, name: "Keepsake", origins: [app], scopes: ["openid", "profile"] }],
    accessTokenLifetime: 60,
    refreshTokens: true,
  });
  try {
    const { token } = await signedIn(other.issuer);
    expect(token.expires_in).toBe(60);
    const refresh = (value: unknown) =>
      fetch(`${other.issuer}/oauth/token`, {
        method: "POST",
        headers: { authorization: basic("space", secret) },
        body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: String(value) }),
      });
    const rotated = (await (await refresh(token.refresh_token)).json()) as Record<string, unknown>;
    expect(rotated.refresh_token).not.toBe(token.refresh_token);
    expect((await refresh(token.refresh_token)).status).toBe(400);
  } finally {
    await other.close();
  }
});
