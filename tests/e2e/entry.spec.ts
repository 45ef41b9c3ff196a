import { startIdentityProvider } from "../../dev/identity-provider.ts";
import { freePort } from "../../dev/ports.ts";
import { createHttpClient } from "../support/http-client.ts";
import { newUsername } from "../support/pictures.ts";
import { answerConsent, signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";
import { withServer } from "../support/with-server.ts";

test("REQUIRED_ORG: who may not enter learns which organization is asked for, and how to grant it", async ({ page }) => {
  const environment = { REQUIRED_ORG: "analytical-society:admin, kernel-works" };
  await withServer({ environment }, async ({ origin }) => {
    const enter = async (username: string, organizations: readonly string[] = [], start = "/login?next=/account") => {
      const client = createHttpClient(origin);
      const { address } = await client.visit(origin + start);
      const end = await answerConsent(client, address, { username, organizations });
      return { client, place: new URL(end.address), text: await end.response.text() };
    };
    const stranger = await enter(newUsername());
    expect(stranger.place.pathname).toBe("/organization");
    expect(stranger.text).toContain("analytical-society (admin or higher) or kernel-works");
    expect(stranger.client.cookies().filter(({ name }) => name.startsWith("keepsake-"))).toEqual([]);
    expect((await stranger.client.request(`${origin}/api/me`)).status).toBe(401);

    const linus = await enter("linus");
    expect(linus.text).toContain("single sign-on");

    const grace = await enter("grace");
    expect(grace.place.searchParams.get("reason")).toBe("role_unknown");
    await page.goto(grace.place.href);
    const link = page.getByRole("link", { name: "Grant access to the organization" });
    const granting = new URL((await link.getAttribute("href")) ?? "", origin);
    expect(granting.searchParams.get("prompt")).toBe("consent");
    const opened = granting.searchParams.get("orgIds") ?? "";
    expect(opened).toMatch(/^[0-9a-f]{24}$/);
    const admitted = await enter("grace", [opened], granting.pathname + granting.search);
    expect(admitted.place.pathname).toBe("/account");
    const me = (await (await admitted.client.request(`${origin}/api/me`)).json()) as { username: string };
    expect(me.username).toBe("grace");
  });
});

test("OAUTH_CLIENT_ID=__CIMD__: the app describes itself, and signs people in without a secret", async () => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const id = `${origin}/.well-known/oauth-cimd`;
  const provider = await startIdentityProvider({ clients: [{ id, name: "Keepsake", origins: [origin], scopes: ["openid", "profile"] }] });
  const environment = {
    OAUTH_CLIENT_ID: "__CIMD__",
    OAUTH_CLIENT_SECRET: undefined,
    OAUTH_SCOPES: "openid profile",
    OPENID_PROVIDER_URL: provider.issuer,
  };
  await withServer({ port, environment }, async () => {
    expect((await fetch(`${origin}/login`, { redirect: "manual" })).status).toBe(503);
    expect(await (await fetch(origin)).text()).toContain("AUTH_SECRET");
    expect((await fetch(id)).status).toBe(404);
  });
  await withServer({ port, environment: { ...environment, AUTH_SECRET: "x".repeat(43) } }, async () => {
    const answer = await fetch(id);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(await answer.json()).toMatchObject({
      client_id: id,
      redirect_uris: [`${origin}/api/auth/callback/huggingface`],
      token_endpoint_auth_method: "none",
    });
    const person = await signInByHttp(origin, newUsername());
    expect((await person.request(`${origin}/api/me`)).status).toBe(200);
  });
  await provider.close();
});

test("an app that is registered at the provider has no document to describe itself", async ({ app }) => {
  expect((await fetch(`${app}/.well-known/oauth-cimd`)).status).toBe(404);
});
