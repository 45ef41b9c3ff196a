import { createHttpClient } from "../support/http-client.ts";
import { newUsername } from "../support/pictures.ts";
import { answerConsent, claimRefusal, signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

test("signing in asks for the identity only; a further scope is asked for once, and leads back to the same place", async ({ app }) => {
  const username = newUsername();
  const person = await signInByHttp(app, username);
  const scopes = async () => ((await (await person.request(`${app}/api/me`)).json()) as { scopes: string[] }).scopes.toSorted();
  expect(await scopes()).toEqual(["openid", "profile"]);

  const place = "/gallery?q=blue";
  const more = `${app}/login?allow=inference-api&next=${encodeURIComponent(place)}`;
  const { address } = await person.visit(more);
  const end = await answerConsent(person, address, { username });
  expect(end.address).toBe(app + place);
  expect(await scopes()).toEqual(["inference-api", "openid", "profile"]);

  const again = await person.request(more);
  expect(again.headers.get("location"), "allowed already: nothing is asked again").toBe(app + place);
  // Whatever else is asked for later, a new token keeps what was allowed.
  const anew = await person.request(`${app}/login?prompt=consent`);
  expect(new URL(anew.headers.get("location") ?? "").searchParams.get("scope")).toBe("openid profile inference-api");
});

test("saying no to a further scope leaves one signed in, where one was", async ({ app }) => {
  const username = newUsername();
  const person = await signInByHttp(app, username);
  const { address } = await person.visit(`${app}/login?allow=inference-api&next=/account`);
  const end = await answerConsent(person, address, { username, decision: "deny" });
  expect(end.address).toBe(`${app}/account?notice=declined`);
  expect((await person.request(`${app}/api/me`)).status).toBe(200);
});

test("whoever says no finds themselves where they were, with a notice that is shown once", async ({ app, page, signIn }) => {
  const username = newUsername();
  await signIn(page, username);
  await page.goto(`${app}/login?allow=inference-api&next=${encodeURIComponent("/gallery?q=blue")}`);
  await page.getByRole("button", { name: "Deny" }).click();
  await expect(page.getByText("You allowed nothing more. Everything is as it was.")).toBeVisible();
  await expect(page).toHaveURL(`${app}/gallery?q=blue`);
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Prompt" })).toBeVisible();
  await expect(page.getByText("You allowed nothing more.")).toHaveCount(0);
});

test("a scope that the Space's metadata does not grant is not asked for", async ({ app }) => {
  const response = await createHttpClient(app).request(`${app}/login?allow=manage-repos&next=/gallery`);
  expect(response.status).toBe(503);
  expect(await response.text()).toContain("may not ask for that permission yet");
  expect(response.headers.getSetCookie()).toEqual([]);
});

test("who comes back with a refusal of their own making takes the models away from nobody", async ({ app }) => {
  const refused = await claimRefusal(createHttpClient(app), app, "inference-api");
  expect(refused.status).toBe(503);
  expect(await refused.text()).toContain("may not ask for that permission yet");

  const gallery = await (await signInByHttp(app, newUsername())).request(`${app}/gallery`);
  expect(gallery.status).toBe(200);
  expect(await gallery.text(), "what an engine says that can be chosen").toContain('title="AI models, paid with your credits"');
});
