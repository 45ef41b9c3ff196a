import type { Page } from "@playwright/test";
import { bringPictures } from "../support/bring-pictures.ts";
import { pictures } from "../support/gallery-page.ts";
import { newUsername } from "../support/pictures.ts";
import { sendJson } from "../support/send-json.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

const search = (page: Page) => page.getByRole("searchbox", { name: "Search prompts and titles" });
const count = (page: Page) => page.getByRole("search").getByRole("status");
/** What was looked for is in them, so they tell a list from the one before it, which stays until the new one comes. */
const addresses = (page: Page) => pictures(page).evaluateAll((links) => links.map((link) => link.getAttribute("href")));

/** Three pictures: the sea is the oldest and a favourite, the city has a title and is wide. */
async function someoneWithPictures(app: string) {
  const username = newUsername();
  const person = await signInByHttp(app, username);
  const [sea, city, forest] = await bringPictures(person, app, [
    { prompt: "A quiet sea, 灯台 in the distance" },
    { prompt: "A neon city", width: 1344, height: 768 },
    { prompt: "A quiet forest" },
  ]);
  await sendJson(person, "PATCH", `${app}/api/generations/${sea.id}`, { favorite: true });
  await sendJson(person, "PATCH", `${app}/api/generations/${city.id}`, { title: "Überschrift" });
  return { username, person, sea, city, forest };
}

test("words are found while one types, and the address keeps them: reload, back, a bookmarked link", async ({ app, page, signIn }) => {
  const { username, sea, city, forest } = await someoneWithPictures(app);
  await signIn(page, username);
  await expect(count(page)).toHaveText("3 pictures");
  await search(page).pressSequentially("qui");
  await expect(count(page)).toHaveText("2 pictures");
  await expect(page).toHaveURL(`${app}/gallery?q=qui`);
  await search(page).pressSequentially("et FOR");
  await expect(count(page)).toHaveText("1 picture");
  await expect(pictures(page)).toHaveAttribute("href", `/gallery/${forest.id}?q=quiet+FOR`);
  await expect(page).toHaveURL(`${app}/gallery?q=quiet+FOR`);
  await page.reload();
  await expect(search(page)).toHaveValue("quiet FOR");
  await expect(pictures(page)).toHaveCount(1);
  await pictures(page).click();
  await expect(page).toHaveURL(`${app}/gallery/${forest.id}?q=quiet+FOR`);
  await page.goBack();
  await expect(search(page)).toHaveValue("quiet FOR");
  await expect(pictures(page)).toHaveCount(1);

  for (const [words, found] of [
    ["灯台", [sea]],
    ["uber", [city]],
    ['"', [forest, city, sea]],
    ['" OR * NEAR(', []],
  ] as const) {
    await search(page).fill(words);
    const query = new URLSearchParams({ q: words });
    await expect.poll(() => addresses(page)).toEqual(found.map(({ id }) => `/gallery/${id}?${query}`));
    await expect(count(page)).toHaveText(found.length === 1 ? "1 picture" : `${found.length} pictures`);
  }
  await expect(page.getByText('No picture matches “" OR * NEAR(” here.')).toBeVisible();
  await page.getByRole("button", { name: "Show all pictures" }).click();
  await expect(pictures(page)).toHaveCount(3);
  await expect(search(page)).toHaveValue("");
  await expect(page).toHaveURL(`${app}/gallery`);
  await page.goBack();
  await expect(pictures(page)).toHaveCount(0);
  await page.goto(`${app}/gallery?q=neon&size=nonsense&from=never&sort=sideways`);
  await expect(pictures(page)).toHaveCount(1);
});

test("favourites, size, days and order narrow the gallery down, on a phone too", async ({ app, page, signIn }) => {
  const { username, sea, city, forest } = await someoneWithPictures(app);
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, username);
  await page.getByRole("search").getByRole("button", { name: "Favourites" }).click();
  await expect(pictures(page)).toHaveCount(1);
  await expect(pictures(page)).toHaveAttribute("href", new RegExp(`^/gallery/${sea.id}`));
  await page.goBack();
  await expect(pictures(page)).toHaveCount(3);

  await expect(page.getByRole("combobox", { name: "Size" })).toHaveCount(0);
  await page.getByRole("button", { name: "Filters" }).click();
  await page.getByRole("combobox", { name: "Size" }).selectOption("Wide");
  await expect(pictures(page)).toHaveCount(1);
  await expect(pictures(page)).toHaveAttribute("href", new RegExp(`^/gallery/${city.id}`));
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByRole("combobox", { name: "Order" }).selectOption("Oldest first");
  await expect(pictures(page).first()).toHaveAttribute("href", new RegExp(`^/gallery/${sea.id}`));
  await expect(pictures(page).last()).toHaveAttribute("href", new RegExp(`^/gallery/${forest.id}`));
  const today = await page.evaluate(() => new Date().toLocaleDateString("sv"));
  await page.getByLabel("Until").fill(today);
  await expect(page.getByLabel("Until")).toHaveValue(today);
  await expect(pictures(page).first()).toHaveAttribute("href", /[?&]to=/);
  await expect(count(page)).toHaveText("3 pictures");
  await page.getByLabel("Until").fill("2020-01-01");
  await expect(page.getByText("No picture matches these filters.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("No picture matches these filters.")).toBeVisible();
});

test("engine and model narrow the gallery down, with words and favourites, at once and after a reload", async ({ app, page, signIn }) => {
  const username = newUsername();
  const person = await signInByHttp(app, username);
  const generator = "inference-providers";
  await bringPictures(person, app, [
    { prompt: "A drawn sea" },
    { prompt: "A sea of one model", generator, model: "one/quick-and-rather-long-for-the-name-of-a-model" },
    { prompt: "A city of one model", generator, model: "one/quick-and-rather-long-for-the-name-of-a-model" },
    { prompt: "A sea of another", generator, model: "other/model" },
    { prompt: "A sea of somebody's own engine", generator: "own-engine" },
  ]);
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, username);
  await page.getByRole("button", { name: "Filters" }).click();
  const madeWith = page.getByRole("combobox", { name: "Made with" });
  await expect(madeWith.getByRole("option")).toHaveText([
    "Anything",
    "Built-in engine",
    "Hugging Face models: all",
    "quick-and-rather-long-for-the-name-of-a-model",
    "model",
    "own-engine",
  ]);
  await expect(madeWith).toHaveValue(":");
  await madeWith.selectOption("Hugging Face models: all");
  await expect(count(page)).toHaveText("3 pictures");
  await madeWith.selectOption("quick-and-rather-long-for-the-name-of-a-model");
  await expect(count(page)).toHaveText("2 pictures");
  await expect(page).toHaveURL(`${app}/gallery?generator=inference-providers&model=one%2Fquick-and-rather-long-for-the-name-of-a-model`);
  await expect(page.getByRole("button", { name: "Filters 1" })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth), "nothing hangs over").toBe(390);
  await search(page).fill("sea");
  await expect(count(page)).toHaveText("1 picture");
  await page.reload();
  await expect(count(page)).toHaveText("1 picture");
  await page.getByRole("button", { name: "Filters 1" }).click();
  await expect(madeWith.locator("option:checked")).toHaveText("quick-and-rather-long-for-the-name-of-a-model");
  await page.getByRole("search").getByRole("button", { name: "Favourites" }).click();
  await expect(count(page)).toHaveText("0 pictures");
  await page.goBack();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(count(page)).toHaveText("4 pictures");
  await expect(madeWith).toHaveValue(":");

  // Somebody who has nothing made with it sees what they look for, and nothing else of it.
  const stranger = await signInByHttp(app, newUsername());
  expect(await (await stranger.request(`${app}/api/generations/made-with`)).json()).toEqual({ madeWith: [] });
  await page.goto(`${app}/gallery?generator=gradio-space&model=nobody%2Fhas-this`);
  await expect(count(page)).toHaveText("0 pictures");
  await page.getByRole("button", { name: "Filters 1" }).click();
  await expect(madeWith.locator("option:checked")).toHaveText("has-this");
});

test("a slow answer to an older search never replaces that to a newer one", async ({ app, page, signIn }) => {
  const { username, city } = await someoneWithPictures(app);
  await signIn(page, username);
  const [held, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.route("**/api/generations?q=quiet", async (route) => {
    await held.promise;
    // The page may have given up on it.
    await route.continue().catch(() => undefined);
    answered.resolve();
  });
  const asked = page.waitForRequest("**/api/generations?q=quiet");
  await search(page).fill("quiet");
  await asked;
  await search(page).fill("neon");
  await expect(pictures(page)).toHaveCount(1);
  await expect(pictures(page)).toHaveAttribute("href", new RegExp(`^/gallery/${city.id}`));
  held.resolve();
  await answered.promise;
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await expect(pictures(page)).toHaveAttribute("href", new RegExp(`^/gallery/${city.id}`));
});

test("changes to what was found show there, and a new picture leads back to the whole gallery", async ({ app, page, signIn }) => {
  const { username } = await someoneWithPictures(app);
  await signIn(page, username, { next: "/gallery?q=neon" });
  await page
    .getByRole("listitem")
    .filter({ has: page.getByRole("link") })
    .hover();
  await page.getByRole("button", { name: "Favourite", exact: true }).click();
  await expect(page.getByRole("button", { name: "Favourite", exact: true })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Move to trash" }).click();
  await expect(page.getByText("No picture matches “neon” here.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(pictures(page)).toHaveCount(1);
  await page.getByRole("textbox", { name: "Prompt" }).fill("Marble");
  await page.getByRole("button", { name: "Make", exact: true }).click();
  await expect(page).toHaveURL(`${app}/gallery`);
  await expect(pictures(page)).toHaveCount(4);
});

test("what is begun in another tab leads nobody away from what was found", async ({ app, context, page, signIn }) => {
  const { username } = await someoneWithPictures(app);
  await signIn(page, username);
  const searching = await context.newPage();
  await searching.goto(`${app}/gallery?q=neon`);
  await expect(pictures(searching)).toHaveCount(1);
  await page.getByRole("textbox", { name: "Prompt" }).fill("Marble, begun elsewhere");
  await page.getByRole("button", { name: "Make", exact: true }).click();
  await expect(searching.getByRole("progressbar")).toHaveCount(1);
  await expect(pictures(page)).toHaveCount(4);
  await expect(searching.getByRole("progressbar")).toHaveCount(0);
  await expect(searching).toHaveURL(`${app}/gallery?q=neon`);
  await expect(pictures(searching)).toHaveCount(1);
});

test("after many searches, the one with which the page began is as good as new", async ({ app, page, signIn }) => {
  const { username } = await someoneWithPictures(app);
  await signIn(page, username, { next: "/gallery?q=neon" });
  const searchFor = async (words: string) => {
    const query = `?${new URLSearchParams({ q: words })}`;
    await Promise.all([page.waitForResponse(`${app}/api/generations${query}`), search(page).fill(words)]);
    // A list that the next search overtakes would not be kept.
    await expect(pictures(page).and(page.locator(`[href$="${query}"]`))).not.toHaveCount(0);
    await expect(page).toHaveURL(`${app}/gallery${query}`);
  };
  for (const words of ["a", "a q", "a qu", "a qui", "a quiet", "a quiet s", "a quiet f"]) await searchFor(words);
  await searchFor("neon");
  await expect(pictures(page)).toHaveCount(1);
  await pictures(page).hover();
  const favourite = page.getByRole("listitem").getByRole("button", { name: "Favourite", exact: true });
  await favourite.click();
  await expect(favourite).toHaveAttribute("aria-pressed", "true");
});

test("nobody finds what belongs to somebody else, and nonsense is refused", async ({ app }) => {
  const { person } = await someoneWithPictures(app);
  const stranger = await signInByHttp(app, newUsername());
  for (const query of ["q=quiet", "favorite=true", "size=1344x768", "sort=oldest", "from=2020-01-01", "generator=embedded"]) {
    const listed = async (client: typeof person) => (await (await client.request(`${app}/api/generations?${query}`)).json()) as object;
    expect(await listed(stranger), query).toEqual({ items: [], nextCursor: null, total: 0 });
    expect(await listed(person), query).not.toMatchObject({ total: 0 });
  }
  for (const query of ["sort=random", "size=0x0", "from=soon", "generator=../x", "model=", `q=${"a".repeat(2000)}`, "q=a&trashed=true"]) {
    expect((await person.request(`${app}/api/generations?${query}`)).status, query).toBe(400);
  }
});
