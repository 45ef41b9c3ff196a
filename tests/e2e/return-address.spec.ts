/** A31: every place that leads a person on leads to a path of ours, however the address is spelled. */
import { callbackPath, comeBack, expect, expectSignedIn, signInBy, test } from "../support/attack.ts";
import { createHttpClient } from "../support/http-client.ts";
import { harmless, notOurs } from "../support/return-addresses.ts";

test.describe.configure({ mode: "default" });

/** What is asked for, and where it leads. */
const corpus = (app: string) => [...notOurs(app).map((path) => [path, "/gallery"] as const), ...harmless];

test("after signing in", async ({ stage }) => {
  for (const [asked, end] of corpus(stage.app)) {
    const { client, response } = await signInBy(stage, {}, asked);
    await expectSignedIn(stage, client, response, end);
  }
  // Repeated, and as a list.
  for (const query of ["next=/account&next=//evil.example", "next[]=//evil.example"]) {
    stage.provider.play();
    const { response, address } = await createHttpClient(stage.app).visit(`${stage.app}/login?${query}`);
    expect(response.status).toBe(200);
    expect(address).toBe(`${stage.app}/gallery`);
  }
  expect((await fetch(`${stage.app}/login?next=/${"x".repeat(64 * 1024)}`, { redirect: "manual" })).status).toBe(431);
});

test("when one is signed in already, declines, or asks from a frame, and on the pages that end a tab or name an organization", async ({
  stage,
}) => {
  const { app } = stage;
  const { client: person } = await signInBy(stage);
  const asFrame = { "sec-fetch-dest": "iframe", "sec-fetch-mode": "navigate", "sec-fetch-site": "cross-site" };
  const location = (response: Response) => response.headers.get("location") ?? "none";
  for (const [asked, end] of corpus(app)) {
    const next = encodeURIComponent(asked);
    const login = `${app}/login?next=${next}`;
    const encodedEnd = encodeURIComponent(end.replace(/#.*/, ""));
    expect(location(await person.request(login)), asked).toBe(app + end);
    expect(location(await createHttpClient(app).request(login, { headers: asFrame })), asked).toBe(app + end);
    const continued = await person.request(`${app}/embedded/continue?next=${next}`, { method: "POST", headers: { origin: app } });
    expect(location(continued), asked).toBe(`${app}/embedded?next=${encodedEnd}`);
    const tab = await (await person.request(`${app}/embedded?next=${next}`)).text();
    expect(tab, asked).toContain(`href="${end.replaceAll("&", "&amp;")}"`);
    const asking = await (await fetch(`${app}/organization?reason=not_a_member&next=${next}`)).text();
    expect(asking, asked).not.toMatch(/href="(?:[a-z]+:)?\/\/[^"]*evil|href="javascript:/);
  }
  for (const asked of notOurs(app)) {
    stage.provider.play({ response: { code: null, error: "access_denied" } });
    const started = await person.request(`${app}/login?prompt=consent&next=${encodeURIComponent(asked)}`);
    const authorized = await person.request(location(started));
    expect(location(await person.request(location(authorized))), asked).toBe(`${app}/gallery?notice=declined`);
  }
  const out = await person.request(`${app}/logout?next=//evil.example`, { method: "POST", headers: { origin: app } });
  expect(location(out)).toBe(`${app}/`);
});

test("on the page of a sign-in that failed", async ({ stage }) => {
  for (const asked of notOurs(stage.app)) {
    const page = await (await fetch(`${stage.app}${callbackPath}?next=${encodeURIComponent(asked)}&code=a&code=b`)).text();
    expect(page, asked).toContain('<a class="go" href="/login?next=%2Fgallery">');
    const { client, callback } = await comeBack(stage, { tokens: { access_token: "" } }, asked);
    const failed = await (await client.request(callback)).text();
    expect(failed, asked).toContain('<a class="go" href="/login?next=%2Fgallery">');
  }
  // What is a path of ours is kept for the next try.
  const { response } = await signInBy(stage, { tokens: { access_token: "" } }, "/account");
  expect(await response.text()).toContain('<a class="go" href="/login?next=%2Faccount">');
});
