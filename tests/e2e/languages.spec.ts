import type { Locator, Page } from "@playwright/test";
import { bringPictures } from "../support/bring-pictures.ts";
import { newUsername } from "../support/pictures.ts";
import { englishAmong, textsOf } from "../support/said.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

async function expectGerman(page: Page, state: string) {
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  const texts = await textsOf(page);
  expect(texts.length, state).toBeGreaterThan(4);
  expect(englishAmong(texts), state).toEqual([]);
}

/** On a phone a word that is too long would push the page aside. */
async function expectNothingAside(page: Page, state: string) {
  const [inner, whole] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
  expect(whole, `${state} is wider than the window`).toBeLessThanOrEqual(inner ?? 0);
}

test("a browser that prefers German gets every page in German, on a phone, too", async ({ app, openPage, signIn, allowErrors }) => {
  test.slow();
  allowErrors(/40[04]/);
  const page = await openPage({ locale: "de-DE", viewport: { width: 360, height: 740 }, reducedMotion: "reduce" });
  const look = async (state: string) => {
    await expectGerman(page, state);
    await expectNothingAside(page, state);
  };
  for (const path of ["/", "/?notice=declined", "/nirgends", "/organization", "/api/auth/callback/huggingface?error=x"]) {
    await page.goto(app + path);
    await look(path);
  }
  const username = newUsername();
  await signIn(page, username);
  await page.getByRole("heading", { name: "Dein erstes Bild" }).waitFor();
  await look("an empty gallery");
  const person = await signInByHttp(app, username);
  const [shown, trashed] = await bringPictures(person, app, [{ prompt: "Berge" }, { prompt: "Meer" }, { prompt: "Wald" }]);
  await person.request(`${app}/api/generations/${trashed.id}`, { method: "DELETE", headers: { origin: app } });
  for (const path of ["/gallery", `/gallery/${shown.id}`, `/gallery/${trashed.id}`, "/gallery/trash", "/account", "/embedded"]) {
    await page.goto(app + path);
    await look(path);
  }
  await page.goto(`${app}/gallery?q=nichts&sort=oldest`);
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("combobox", { name: "Größe" }).waitFor();
  await look("finding nothing");

  await page.goto(`${app}/gallery`);
  await page.locator("summary").first().click();
  await page.getByRole("button", { name: username }).click();
  await look("the form and the menu");
  await page.keyboard.press("Escape");
  await page.getByRole("list", { name: "Deine Bilder" }).getByRole("link").first().click();
  await page.getByRole("dialog", { name: "Bild" }).waitFor();
  await look("a picture over the grid");
  await page.getByRole("dialog", { name: "Bild" }).getByRole("button", { name: "In den Papierkorb" }).click();
  await expect(page.getByText("In den Papierkorb gelegt.")).toBeVisible();
  await look("something done");
  await page.goto(`${app}/gallery`);
  await page.keyboard.press("?");
  await page.getByRole("heading", { name: "Tasten" }).waitFor();
  await look("the list of keys");
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: "Prompt" }).fill(" ");
  await page.getByRole("button", { name: "Erstellen", exact: true }).click();
  await expect(page.getByText("Schreib zuerst ein paar Worte: Was soll auf dem Bild sein?")).toBeVisible();
  await look("a prompt without words");

  // A refusal has its sentence by its code; the interface itself goes on in English.
  await page.getByRole("textbox", { name: "Prompt" }).fill("x".repeat(4001));
  await page.getByRole("button", { name: "Erstellen", exact: true }).click();
  await expect(page.locator("#prompt-note")).toContainText("Dieser Prompt ist zu lang.");
  const answer = await person.request(`${app}/api/generations/x`, { headers: { "accept-language": "de" } });
  expect(await answer.json()).toMatchObject({
    error: { message: "There is nothing here. It may have been erased, or the address is not right." },
  });
});

test("who chooses a language keeps it, on the page where it was chosen", async ({ app, page, signIn }) => {
  await page.goto(`${app}/organization?reason=sso`);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByRole("contentinfo").getByRole("button", { name: "Deutsch" }).click();
  await expect(page).toHaveURL(`${app}/organization?reason=sso`);
  await expectGerman(page, "chosen");
  await signIn(page, newUsername());
  await expectGerman(page, "signed in");
  await page.getByRole("banner").getByRole("button").click();
  await page.getByRole("banner").getByRole("button", { name: "English" }).click();
  await expect(page).toHaveURL(`${app}/gallery`);
  await expect(page.getByRole("heading", { name: "Your first picture" })).toBeVisible();
  const [cookie] = (await page.context().cookies()).filter(({ name }) => name === "keepsake-language");
  expect(cookie).toMatchObject({ value: "en", httpOnly: true, sameSite: "Lax", path: "/" });
});

test("a language is chosen from our own pages only, among those that there are", async ({ app, page }) => {
  const choose = (body: string, headers: Record<string, string>) =>
    fetch(`${app}/language`, {
      ...{ method: "POST", redirect: "manual", body },
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    });
  const chosen = await choose("language=de", { origin: app, referer: `${app}/account?a=1` });
  expect([chosen.status, chosen.headers.get("location")]).toEqual([303, "/account?a=1"]);
  expect(chosen.headers.get("set-cookie")).toMatch(/^keepsake-language=de; /);
  expect((await choose("language=de", { origin: app })).headers.get("location")).toBe("/");
  expect((await choose("language=de", { origin: app, referer: "https://evil.example//x" })).headers.get("location")).toBe("/");
  for (const refused of [
    await choose("language=xx", { origin: app }),
    await choose("language=de", { origin: "https://evil.example" }),
    await choose("language=de", {}),
    await choose("language=de&language2=x", { origin: app }),
  ]) {
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.headers.get("set-cookie")).toBeNull();
  }
  const manifest = await page.request.get(`${app}/manifest.webmanifest`, { headers: { "accept-language": "de" } });
  expect(await manifest.json()).toMatchObject({ lang: "de", dir: "ltr" });
});

test("words from right to left stand as they are written, in a page that does not", async ({ app, page, signIn }) => {
  const username = newUsername();
  const prompt = "مدينة من النيون تحت المطر";
  const [shown] = await bringPictures(await signInByHttp(app, username), app, [{ prompt }]);
  await signIn(page, username, { next: `/gallery/${shown.id}` });
  const directionOf = (locator: Locator) => locator.evaluate((element) => getComputedStyle(element).direction);
  expect(await directionOf(page.getByRole("heading", { name: prompt }))).toBe("rtl");
  expect(await directionOf(page.locator("dl").first())).toBe("ltr");
  await page.goto(`${app}/gallery?q=${encodeURIComponent("مدينة")}`);
  expect(await directionOf(page.getByRole("searchbox"))).toBe("rtl");
  await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
  expect(await directionOf(page.getByRole("textbox", { name: "Prompt" }))).toBe("rtl");
});
