import type { Page } from "@playwright/test";
import { bringPictures } from "../support/bring-pictures.ts";
import { pictures } from "../support/gallery-page.ts";
import { makePicture, newUsername } from "../support/pictures.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

async function make(page: Page, prompt: string) {
  await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
  await page.getByRole("button", { name: "Make", exact: true }).click();
}

test("a newcomer makes a first picture with one click, and finds it again after a reload", async ({ page, signIn }) => {
  await signIn(page, newUsername());
  await page.getByRole("heading", { name: "Your first picture" }).waitFor();
  await page.locator("main ul button").first().click();
  await expect(page.getByRole("progressbar", { name: /Making/ })).toBeVisible();
  await expect(pictures(page)).toHaveCount(1);
  await page.reload();
  await expect(pictures(page)).toHaveCount(1);
  const image = pictures(page).getByRole("img");
  await expect(image).toHaveJSProperty("complete", true);
  await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(640);
});

test("the form makes what it says: words, shape and seed", async ({ page, signIn }) => {
  await signIn(page, newUsername());
  await page.locator("summary").first().click();
  await page.getByText("Wide", { exact: true }).click();
  await page.getByRole("checkbox", { name: "New each time" }).uncheck();
  await page.getByRole("textbox", { name: "Seed" }).fill("42");
  await make(page, "mountains at dawn");
  await pictures(page).first().click();
  await expect(page.getByRole("dialog").getByRole("heading", { level: 1 })).toHaveText("mountains at dawn");
  await expect(page.getByText("1344 × 768")).toBeVisible();
  await expect(page.locator("dd").filter({ hasText: /^42$/ })).toBeVisible();
});

test("several pictures can be in the making, and the words stay in the field", async ({ page, signIn }) => {
  await signIn(page, newUsername());
  await make(page, "first, a calm sea");
  await make(page, "second, a neon city");
  await expect(page.getByRole("textbox", { name: "Prompt" })).toHaveValue("second, a neon city");
  await expect(pictures(page)).toHaveCount(2);
  // Nobody promises which of them is finished first.
  for (const name of ["first, a calm sea", "second, a neon city"]) await expect(pictures(page).getByRole("img", { name })).toHaveCount(1);
});

test("stopping really stops, and nothing is kept", async ({ app, page, signIn }) => {
  await signIn(page, newUsername());
  await make(page, "never finished");
  await page.getByRole("button", { name: "Stop: never finished" }).click();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Prompt" })).toHaveValue("never finished");
  // A picture takes a second or two: were it still being made, it would be there after the next one.
  await make(page, "finished");
  await expect(pictures(page)).toHaveCount(1);
  const { total } = await page.evaluate(async (path) => (await fetch(path)).json(), `${app}/api/generations`);
  expect(total).toBe(1);
});

test("work goes on while one looks at another page of the app", async ({ app, page, signIn }) => {
  const username = newUsername();
  await makePicture(await signInByHttp(app, username), app, { prompt: "already here" });
  await signIn(page, username);
  await make(page, "made meanwhile");
  await page.getByRole("button", { name: username }).click();
  await page.getByRole("link", { name: "Account", exact: true }).click();
  await expect(page).toHaveURL(`${app}/account`);
  await page.getByRole("link", { name: "Gallery", exact: true }).first().click();
  await expect(pictures(page)).toHaveCount(2);
});

test("a variation has the same words and shape and another seed", async ({ app, page, signIn }) => {
  const username = newUsername();
  const original = await makePicture(await signInByHttp(app, username), app, { prompt: "marble ink in green", seed: 7 });
  await signIn(page, username, { next: `/gallery/${original.id}` });
  await page.getByRole("button", { name: "Make a variation" }).click();
  await expect(page).toHaveURL(`${app}/gallery`);
  await expect(pictures(page)).toHaveCount(2);
  const { items } = await page.evaluate(async (path) => (await fetch(path)).json(), `${app}/api/generations`);
  expect(items[0]).toMatchObject({ prompt: original.prompt, width: original.width, height: original.height });
  expect(items[0].seed).not.toBe(7);
});

test("to the trash, back by undo, to the trash, restored, erased for good", async ({ app, page, signIn }) => {
  const username = newUsername();
  const { id } = await makePicture(await signInByHttp(app, username), app, { prompt: "here and gone" });
  await signIn(page, username);
  await pictures(page).hover();
  await page.getByRole("button", { name: "Move to trash" }).click();
  await expect(pictures(page)).toHaveCount(0);
  // It shows at once, but leaving the page before the server has heard of it would take it back.
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === "PATCH"),
    page.getByRole("button", { name: "Undo" }).click(),
  ]);
  await expect(pictures(page)).toHaveCount(1);

  await page.goto(`${app}/gallery/${id}`);
  await page.getByRole("button", { name: "Move to trash" }).click();
  await expect(page).toHaveURL(`${app}/gallery`);
  await page.goto(`${app}/gallery/trash`);
  const trashed = page.getByRole("list", { name: "Pictures in the trash" }).getByRole("listitem");
  await trashed.hover();
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === "PATCH"),
    trashed.getByRole("button", { name: "Restore" }).click(),
  ]);
  await expect(page.getByText("The trash is empty.")).toBeVisible();

  await page.goto(`${app}/gallery/${id}`);
  await page.getByRole("button", { name: "Move to trash" }).click();
  await expect(page).toHaveURL(`${app}/gallery`);
  await page.goto(`${app}/gallery/${id}`);
  await page.getByRole("button", { name: "Erase for good" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Keep" }).click();
  await page.getByRole("button", { name: "Erase for good" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Erase for good" }).click();
  await expect(page).toHaveURL(`${app}/gallery/trash`);
  expect((await page.request.get(`${app}/api/generations/${id}`)).status()).toBe(404);
  expect((await page.request.get(`${app}/api/generations/${id}/image`)).status()).toBe(404);
});

test("the download carries the words that made it, or is the picture exactly as it was made", async ({ app, page, signIn }) => {
  const username = newUsername();
  const picture = await makePicture(await signInByHttp(app, username), app, { prompt: "words that travel along", seed: 7 });
  await signIn(page, username, { next: `/gallery/${picture.id}` });
  const downloaded = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name, exact: true }).click()]);
    expect(download.suggestedFilename()).toMatch(/\.png$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
  const original = await (await page.request.get(app + picture.imageUrl)).body();
  expect((await downloaded("Without words")).equals(original)).toBe(true);
  const labelled = await downloaded("Download");
  expect(labelled.includes("words that travel along\nSeed: 7")).toBe(true);
  expect(original.includes("words that travel along")).toBe(false);

  // Given back to the form, it fills it.
  await page.goto(`${app}/gallery`);
  await page.locator("summary").first().click();
  await page.getByLabel("Fill from a picture").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: labelled });
  await expect(page.getByRole("textbox", { name: "Prompt" })).toHaveValue("words that travel along");
  await expect(page.getByRole("textbox", { name: "Seed" })).toHaveValue("7");
});

test("older pictures load while scrolling, each once", async ({ app, page, signIn }) => {
  const username = newUsername();
  await bringPictures(
    await signInByHttp(app, username),
    app,
    Array.from({ length: 56 }, (_, index) => ({ prompt: `number ${index}` })),
  );
  const { promise: scrolled, resolve } = Promise.withResolvers<void>();
  await page.route("**/api/generations?*", async (route) => {
    await scrolled;
    await route.continue();
  });
  await signIn(page, username);
  await expect(pictures(page)).toHaveCount(50);
  await page.mouse.wheel(0, 20_000);
  resolve();
  await expect(pictures(page)).toHaveCount(56);
  const addresses = await pictures(page).evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(new Set(addresses).size).toBe(56);
  await expect(page.getByText("56 pictures")).toBeVisible();
});

test("a session that has ended is said, and what was written stays", async ({ page, context, signIn, allowErrors }) => {
  allowErrors(/401/);
  const username = newUsername();
  await signIn(page, username);
  await context.clearCookies();
  await make(page, "words that must not be lost");
  await expect(
    page.getByRole("alert").filter({ hasText: "You are signed out. Sign in to go on; what you wrote is still here." }),
  ).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Prompt" })).toHaveValue("words that must not be lost");
  await page.reload();
  await signIn(page, username, { started: true });
  await expect(page.getByRole("textbox", { name: "Prompt" })).toHaveValue("words that must not be lost");
});

test("an empty and an overlong prompt are answered beside the field", async ({ page, signIn, allowErrors }) => {
  allowErrors(/400/);
  await signIn(page, newUsername());
  await page.getByRole("button", { name: "Make", exact: true }).click();
  await expect(page.locator("#prompt-note")).not.toBeEmpty();
  await make(page, "a".repeat(10_000));
  await expect(page.locator("#prompt-note")).toContainText("4,000");
  await expect(page.getByRole("textbox", { name: "Prompt" })).toHaveValue("a".repeat(10_000));
});
