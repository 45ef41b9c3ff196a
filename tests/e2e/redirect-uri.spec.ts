/** Where a sign-in happens and comes back to: the redirect URI in each of its three places, and one host among several. */
import { callbackPath, clientId, comeBack, expect, expectSignedIn, test } from "../support/attack.ts";
import { newUsername } from "../support/pictures.ts";
import { answerConsent } from "../support/sign-in-by-http.ts";
import { spaceOrigin, startSpace } from "../support/space.ts";
import { withServer } from "../support/with-server.ts";

for (const place of ["/auth/callback", "/login/callback"]) {
  test(`OAUTH_CALLBACK_PATH=${place}: the same redirect URI at the authorization and the token endpoint`, async ({ stage }) => {
    const environment = { OPENID_PROVIDER_URL: stage.provider.issuer, OAUTH_CLIENT_ID: clientId, OAUTH_CALLBACK_PATH: place };
    await withServer({ environment }, async ({ origin: app }) => {
      const { client, callback } = await comeBack({ ...stage, app });
      expect(callback.startsWith(`${app}${place}?`)).toBe(true);
      await expectSignedIn({ ...stage, app }, client, await client.request(callback));
      expect(stage.provider.redeemed.map((form) => form.get("redirect_uri"))).toEqual([app + place]);
    });
  });
}

test("without the setting it is next-auth's own path, and an answer that arrives at another of the three counts as well", async ({
  stage,
}) => {
  for (const place of [callbackPath, "/auth/callback", "/login/callback"]) {
    const { client, callback } = await comeBack(stage);
    expect(callback.startsWith(`${stage.app}${callbackPath}?`)).toBe(true);
    await expectSignedIn(stage, client, await client.request(callback.replace(callbackPath, place)));
    expect(stage.provider.redeemed.map((form) => form.get("redirect_uri"))).toEqual([stage.app + callbackPath]);
  }
});

test("on another host of ours, signing in moves to the canonical one before a cookie is set", async () => {
  const custom = "https://keepsake.example";
  const space = await startSpace({ hosts: [new URL(spaceOrigin).host, new URL(custom).host] });
  try {
    const client = space.client();
    const hop = await client.request(`${custom}/login?next=/account`);
    expect([hop.status, hop.headers.get("location")]).toEqual([303, `${spaceOrigin}/login?next=%2Faccount`]);
    expect(client.cookies()).toEqual([]);
    const { address } = await client.visit(hop.headers.get("location") ?? "");
    const end = await answerConsent(client, address, { username: newUsername() });
    expect(end.address).toBe(`${spaceOrigin}/account`);
    // The badge in a frame on that host hops as well: a handoff is begun where the sign-in is.
    const headers = { origin: custom, "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
    const body = new URLSearchParams({ challenge: "c".repeat(43), next: "/account" }).toString();
    const other = space.client();
    const posted = await other.request(`${custom}/login`, { method: "POST", headers, body });
    expect([posted.status, posted.headers.get("location")]).toEqual([303, `${spaceOrigin}/login?next=%2Faccount`]);
    expect(other.cookies()).toEqual([]);
  } finally {
    await space.close();
  }
});
