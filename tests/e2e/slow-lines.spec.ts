/** What holds its place before it has come, as on a slow line: nothing moves when scripts or pictures arrive. */
import type { Locator, Page } from "@playwright/test";
import { bringPictures } from "../support/bring-pictures.ts";
import { newUsername } from "../support/pictures.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

// A picture grows out of its tile when the viewer opens; where it lies is measured when it has.
test.use({ reducedMotion: "reduce" });

const devices = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } };

/** Sizes that the form does not offer: no page has a rule for them by itself. */
async function someoneWithThree(app: string) {
  const username = newUsername();
  const person = await signInByHttp(app, username);
  const [pole, banner, small] = await bringPictures(person, app, [
    { prompt: "pole", width: 300, height: 1500 },
    { prompt: "banner", width: 1500, height: 300 },
    { prompt: "small", width: 200, height: 150 },
  ]);
  return { username, pole, banner, small, pictures: [pole, banner, small] };
}

/** Keeps originals, not thumbnails, from coming until they are let through. */
async function holdOriginals(page: Page): Promise<{ letThrough: () => void }> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(
    ({ pathname, search }) => pathname.endsWith("/image") && search === "",
    async (route) => {
      await promise;
      await route.continue();
    },
  );
  return { letThrough: resolve };
}

/** Width, height and place of the one picture, which stays where it is when its own bytes come. */
async function keepsItsPlace(page: Page, picture: Locator, letThrough: () => void, name: string) {
  const isWhole = (image: HTMLImageElement) => image.complete && image.naturalWidth > 0;
  // Before its style sheet has come a page is not painted, but can be measured.
  await expect(page.locator("body"), name).toHaveCSS("margin", "0px");
  await expect.poll(() => picture.locator("xpath=preceding-sibling::img").evaluate(isWhole), name).toBe(true);
  expect(await picture.evaluate(isWhole), name).toBe(false);
  const before = await picture.boundingBox();
  letThrough();
  await expect.poll(() => picture.evaluate(isWhole), name).toBe(true);
  // Where the file itself would lie: as large as it is, or as its place allows.
  const after = await picture.evaluate((image: HTMLImageElement) => {
    const { width, height } = image.getBoundingClientRect();
    return { ratio: width / height, natural: image.naturalWidth / image.naturalHeight, width, most: image.naturalWidth };
  });
  expect(await picture.boundingBox(), name).toEqual(before);
  expect(Math.abs(after.ratio / after.natural - 1), name).toBeLessThan(0.01);
  expect(after.width, name).toBeLessThanOrEqual(after.most);
  await page.unrouteAll({ behavior: "ignoreErrors" });
}

for (const [device, viewport] of Object.entries(devices)) {
  test(`a picture has its place, and its thumbnail in it, before its own bytes come: ${device}`, async ({ app, page, signIn }) => {
    const { username, pictures } = await someoneWithThree(app);
    await page.setViewportSize(viewport);
    await signIn(page, username);
    for (const { id, prompt } of pictures) {
      const held = await holdOriginals(page);
      await page.goto(`${app}/gallery/${id}`, { waitUntil: "commit" });
      await keepsItsPlace(page, page.locator(".stage").getByRole("img", { name: prompt }), held.letThrough, `page of ${prompt}`);
    }
    for (const { id, prompt } of pictures) {
      await page.goto(`${app}/gallery`);
      const held = await holdOriginals(page);
      await page.locator(`[data-picture="${id}"]`).getByRole("link").click();
      const viewer = page.getByRole("dialog", { name: "Picture" });
      await keepsItsPlace(page, viewer.getByRole("img", { name: prompt }), held.letThrough, `viewer of ${prompt}`);
    }
  });
}

test("the neighbours of a picture come after it, and before they are asked for", async ({ app, page, signIn }) => {
  const { username, pole, banner, small } = await someoneWithThree(app);
  await signIn(page, username);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const held = await holdOriginals(page);
  await page.locator(`[data-picture="${banner.id}"]`).getByRole("link").click();
  await expect.poll(() => asked).toContain(app + banner.imageUrl);
  const neighbours = [app + pole.imageUrl, app + small.imageUrl];
  const ofNeighbours = () => neighbours.filter((address) => asked.includes(address)).length;
  expect(ofNeighbours()).toBe(0);
  held.letThrough();
  await expect.poll(ofNeighbours).toBe(2);
});

test("the grid is laid out before any script runs, in sizes that nobody offers, too", async ({ app, page, signIn, allowErrors }) => {
  const { username, pictures } = await someoneWithThree(app);
  allowErrors(/ERR_FAILED/);
  await signIn(page, username);
  for (const viewport of Object.values(devices)) {
    await page.setViewportSize(viewport);
    await page.goto(`${app}/gallery`);
    const boxes = () => Promise.all(pictures.map(({ id }) => page.locator(`[data-picture="${id}"]`).boundingBox()));
    await expect(page.getByRole("button", { name: "Make", exact: true })).toBeEnabled();
    const alive = await boxes();
    await page.route("**/*.js", (route) => route.abort());
    await page.goto(`${app}/gallery`, { waitUntil: "load" });
    await expect(page.getByRole("button", { name: "Make", exact: true })).toBeDisabled();
    expect(await boxes()).toEqual(alive);
    await page.unrouteAll();
  }
});

test("all thumbnails but the first leave the line to the scripts, and come after them", async ({ app, page, signIn, allowErrors }) => {
  const username = newUsername();
  const wanted = Array.from({ length: 12 }, (_, index) => ({ prompt: `number ${index}`, width: 300, height: 300 }));
  await bringPictures(await signInByHttp(app, username), app, wanted);
  allowErrors(/ERR_FAILED/);
  await signIn(page, username);
  await page.route("**/*.js", (route) => route.abort());
  const tiles = page.locator("[data-picture]");
  const loaded = () =>
    tiles
      .locator("img:not([alt=''])")
      .evaluateAll((images: HTMLImageElement[]) => images.filter(({ naturalWidth }) => naturalWidth > 0).length);
  await page.goto(`${app}/gallery`, { waitUntil: "load" });
  await expect(tiles).toHaveCount(12);
  await expect.poll(loaded).toBe(8);
  await expect(tiles.locator("img[src]:not([alt=''])")).toHaveCount(8);
  await page.unrouteAll();
  await page.goto(`${app}/gallery`);
  await expect.poll(loaded).toBe(12);
});
