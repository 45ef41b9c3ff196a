import type { Page } from "@playwright/test";
import { tiles } from "../support/gallery-page.ts";
import { makePicture, newUsername } from "../support/pictures.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

const heart = (page: Page) => page.getByRole("button", { name: "Favourite", exact: true });

test("a favourite is marked in the grid and on its page, and stays one", async ({ app, page, signIn }) => {
  const username = newUsername();
  const { id } = await makePicture(await signInByHttp(app, username), app);
  await signIn(page, username);
  await tiles(page).hover();
  await Promise.all([page.waitForResponse((response) => response.request().method() === "PATCH"), heart(page).click()]);
  await expect(heart(page)).toHaveAttribute("aria-pressed", "true");
  await page.mouse.move(0, 0);
  await expect(heart(page).locator("..")).toHaveCSS("opacity", "1");
  await tiles(page).getByRole("link").click();
  await expect(page).toHaveURL(`${app}/gallery/${id}`);
  await page.reload();
  await expect(heart(page)).toHaveAttribute("aria-pressed", "true");
  await heart(page).focus();
  await Promise.all([page.waitForResponse((response) => response.request().method() === "PATCH"), page.keyboard.press("Space")]);
  await expect(heart(page)).toHaveAttribute("aria-pressed", "false");
  await page.goBack();
  await expect(tiles(page).getByRole("button", { name: "Favourite", exact: true })).toHaveAttribute("aria-pressed", "false");
  await page.reload();
  await expect(heart(page)).toHaveAttribute("aria-pressed", "false");
});

test("what the server refuses goes back to what it was, and says why", async ({ app, page, signIn, fillStorage }) => {
  const username = newUsername();
  const { id } = await makePicture(await signInByHttp(app, username), app, { prompt: "a plain prompt" });
  await signIn(page, username);
  await fillStorage(page, `**/api/generations/${id}`);
  await tiles(page).hover();
  await heart(page).click();
  await expect(page.getByText("Storage is full, so that could not be kept.")).toBeVisible();
  await expect(heart(page)).toHaveAttribute("aria-pressed", "false");
  await page.goto(`${app}/gallery/${id}`);
  await page.getByRole("button", { name: "Add a title" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Never kept");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Storage is full, so that could not be kept.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("a plain prompt");
});

test("a title is given, changed, left alone by Escape, taken away", async ({ app, page, signIn }) => {
  const username = newUsername();
  const { id } = await makePicture(await signInByHttp(app, username), app, { prompt: "the words it was made of" });
  await signIn(page, username, { next: `/gallery/${id}` });
  const field = page.getByRole("textbox", { name: "Title" });
  /** A title shows at once; the server has heard of it only when it has answered. */
  const keep = () =>
    Promise.all([page.waitForResponse((response) => response.request().method() === "PATCH"), page.keyboard.press("Enter")]);
  await page.getByRole("button", { name: "Add a title" }).focus();
  await page.keyboard.press("Enter");
  await expect(field).toBeFocused();
  await page.keyboard.type("Lighthouse <b>& 灯台</b> 🏮");
  await keep();
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("Lighthouse <b>& 灯台</b> 🏮");
  await expect(page.getByRole("button", { name: "Rename" })).toBeFocused();
  await expect(page).toHaveTitle(/^Lighthouse <b>& 灯台<\/b> 🏮/);
  await expect(page.getByRole("main").getByRole("img").first()).toHaveAttribute("alt", "Lighthouse <b>& 灯台</b> 🏮");

  await page.getByRole("button", { name: "Rename" }).click();
  await field.fill("something else");
  await page.keyboard.press("Escape");
  await expect(heading).toHaveText("Lighthouse <b>& 灯台</b> 🏮");

  await page.getByRole("button", { name: "Rename" }).click();
  await field.fill("🏮".repeat(201));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Shorten it to 200 characters or fewer.")).toBeVisible();
  await field.fill("🏮".repeat(200));
  await keep();
  await expect(heading).toHaveText("🏮".repeat(200));

  await page.getByRole("button", { name: "Rename" }).click();
  await field.fill("");
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === "PATCH"),
    page.getByRole("button", { name: "Save" }).click(),
  ]);
  await expect(heading).toHaveText("the words it was made of");
  await page.reload();
  await expect(heading).toHaveText("the words it was made of");
});

test("what goes to the trash is there at once, also where the server does not know of it yet", async ({ app, page, signIn }) => {
  const username = newUsername();
  const person = await signInByHttp(app, username);
  await makePicture(person, app, { prompt: "stays" });
  const { id } = await makePicture(person, app, { prompt: "goes" });
  await signIn(page, username);
  const { promise: letThrough, resolve } = Promise.withResolvers<void>();
  await page.route(`**/api/generations/${id}`, async (route) => {
    await letThrough;
    await route.continue();
  });
  const goes = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "goes" }) });
  await goes.hover();
  await goes.getByRole("button", { name: "Move to trash" }).click();
  await page.getByRole("link", { name: "Trash", exact: true }).click();
  await expect(page).toHaveURL(`${app}/gallery/trash`);
  await expect(goes).toBeVisible();
  await page.getByRole("link", { name: "Gallery", exact: true }).click();
  await expect(page).toHaveURL(`${app}/gallery`);
  await expect(tiles(page)).toHaveCount(1);
  resolve();
  await expect(page.getByText("Moved to trash.")).toBeVisible();
  await page.reload();
  await expect(tiles(page)).toHaveCount(1);
});
