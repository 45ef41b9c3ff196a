import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { tiles, viewer } from "../support/gallery-page.ts";
import { makePicture, newUsername, type Picture } from "../support/pictures.ts";
import { sendJson } from "../support/send-json.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

const tile = (page: Page, { id }: Picture) => page.locator(`[data-picture="${id}"]`).getByRole("link");

/** Newest first. */
async function someoneWithThree(app: string) {
  const username = newUsername();
  const person = await signInByHttp(app, username);
  const pictures: Picture[] = [];
  for (const prompt of ["third", "second", "first"]) pictures.unshift(await makePicture(person, app, { prompt }));
  const [first, second, third] = pictures as [Picture, Picture, Picture];
  return { username, person, first, second, third };
}

test("the viewer lies over the grid: arrows, its own address, Escape back to the tile, forward and back", async ({ app, page, signIn }) => {
  const { username, first, second, third } = await someoneWithThree(app);
  await signIn(page, username);
  await tile(page, first).focus();
  await page.keyboard.press("Enter");
  await expect(viewer(page)).toBeVisible();
  await expect(page).toHaveURL(`${app}/gallery/${first.id}`);
  await expect(page).toHaveTitle(/^first · /);
  await expect(viewer(page).getByText("1 of 3")).toBeVisible();
  await expect(page.getByRole("link", { name: "Previous picture" })).toHaveCount(0);
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(`${app}/gallery/${second.id}`);
  await page.getByRole("link", { name: "Next picture" }).click();
  await expect(page).toHaveURL(`${app}/gallery/${third.id}`);
  await page.keyboard.press("ArrowRight");
  await expect(viewer(page).getByText("3 of 3")).toBeVisible();
  await expectAccessible(page);

  await page.keyboard.press("Escape");
  await expect(viewer(page)).toHaveCount(0);
  await expect(page).toHaveURL(`${app}/gallery`);
  await expect(tile(page, third)).toBeFocused();
  await page.goForward();
  await expect(viewer(page).getByText("3 of 3")).toBeVisible();
  await page.goBack();
  await expect(viewer(page)).toHaveCount(0);
});

test("what is done in the viewer shows in the grid, and what goes makes room for the next", async ({ app, page, signIn }) => {
  const { username, first, second } = await someoneWithThree(app);
  await signIn(page, username);
  await tile(page, first).click();
  await expect(viewer(page)).toBeVisible();
  await page.keyboard.press("f");
  await expect(viewer(page).getByRole("button", { name: "Favourite" })).toHaveAttribute("aria-pressed", "true");
  await viewer(page).getByRole("button", { name: "Add a title" }).click();
  await page.keyboard.type("zff");
  await page.keyboard.press("Enter");
  await expect(viewer(page).getByRole("heading", { level: 1 })).toHaveText("zff");
  await page.keyboard.press("Delete");
  await expect(page).toHaveURL(`${app}/gallery/${second.id}`);
  await expect(viewer(page).getByText("1 of 2")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(viewer(page).getByText("2 of 3")).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await expect(tile(page, first).getByRole("img", { name: "zff" })).toBeVisible();
  await expect(page.locator(`[data-picture="${first.id}"]`).getByRole("button", { name: "Favourite" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
});

test("one's only picture goes to the trash from the viewer, which closes behind it", async ({ app, page, signIn }) => {
  const username = newUsername();
  const only = await makePicture(await signInByHttp(app, username), app, { prompt: "only" });
  await signIn(page, username);
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await tile(page, only).click();
  await expect(viewer(page)).toBeVisible();
  await page.keyboard.press("Delete");
  await expect(page.getByRole("heading", { name: "Your first picture" })).toBeVisible();
  await expect(page).toHaveURL(`${app}/gallery`);
  await page.getByRole("textbox", { name: "Prompt" }).fill("after it");
  await page.keyboard.press("Enter");
  await expect(tiles(page)).toHaveCount(1);
  expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
});

test("a key that is held acts once, unless it leafs", async ({ app, page, signIn }) => {
  const { username, first, second, third } = await someoneWithThree(app);
  await signIn(page, username);
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() !== "GET" && pathname.startsWith("/api/")) asked.push(`${request.method()} ${pathname}`);
  });
  /** Playwright says of every press after the first, while a key is down, that it repeats. */
  const hold = async (key: string) => {
    for (let presses = 0; presses < 4; presses++) await page.keyboard.down(key);
    await page.keyboard.up(key);
  };
  await tile(page, first).click();
  await expect(viewer(page)).toBeVisible();
  await hold("ArrowRight");
  await expect(page).toHaveURL(`${app}/gallery/${third.id}`);
  await hold("Delete");
  await expect(page).toHaveURL(`${app}/gallery/${second.id}`);
  await viewer(page).getByRole("button", { name: "Make a variation" }).focus();
  await hold("Enter");
  await expect(viewer(page)).toHaveCount(0);
  await tile(page, first).focus();
  await hold("Delete");
  await expect(tile(page, second)).toBeFocused();
  await hold("v");
  const prompt = page.getByRole("textbox", { name: "Prompt" });
  await prompt.focus();
  await hold("Enter");
  await page.getByRole("button", { name: "Make", exact: true }).focus();
  await hold("Enter");
  await expect(tiles(page)).toHaveCount(5);
  expect(asked.filter((line) => line.startsWith("DELETE"))).toEqual([third, first].map(({ id }) => `DELETE /api/generations/${id}`));
  expect(asked.filter((line) => line === "POST /api/generations")).toHaveLength(4);
});

test("the focus stays in the viewer, and each picture is told", async ({ app, page, signIn }) => {
  const { username, first } = await someoneWithThree(app);
  await signIn(page, username);
  await tile(page, first).click();
  await expect(viewer(page)).toBeFocused();
  const told = viewer(page).getByRole("status").first();
  const next = page.getByRole("link", { name: "Next picture" });
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(told).toHaveText("2 of 3 · second");
  await expect(next).toBeFocused();
  const zoom = page.getByRole("button", { name: "Zoom" });
  await zoom.click();
  await expect(zoom).toHaveAttribute("aria-pressed", "true");
  await next.click();
  await expect(told).toHaveText("3 of 3 · third");
  await expect(zoom).toHaveAttribute("aria-pressed", "false");
  await expect(next).toHaveCount(0);
  await expect(viewer(page)).toBeFocused();
  await viewer(page).getByRole("button", { name: "Move to trash" }).focus();
  await page.keyboard.press("Enter");
  await expect(told).toHaveText("2 of 2 · second");
  await expect(viewer(page)).toBeFocused();
});

test("closing twice in one go leads to the gallery, not out of it", async ({ app, page, signIn }) => {
  const { username, first } = await someoneWithThree(app);
  await signIn(page, username);
  const close = viewer(page).getByRole("button", { name: "Close" });
  await tile(page, first).click();
  await close.evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await expect(viewer(page)).toHaveCount(0);
  await expect(page).toHaveURL(`${app}/gallery`);
  await tile(page, first).click();
  await expect(viewer(page)).toBeFocused();
  await close.evaluate((button) => {
    for (let presses = 0; presses < 2; presses++) button.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  });
  await expect(viewer(page)).toHaveCount(0);
  await expect(page).toHaveURL(`${app}/gallery`);
  await expect(tile(page, first)).toBeFocused();
});

test("a picture alone on its page has its neighbours too, those of what was looked for", async ({ app, page, signIn }) => {
  const { username, person, first, second, third } = await someoneWithThree(app);
  for (const { id } of [first, third]) await sendJson(person, "PATCH", `${app}/api/generations/${id}`, { favorite: true });
  await signIn(page, username, { next: `/gallery/${second.id}` });
  await page.getByRole("button", { name: "Zoom" }).click();
  await expect(page.getByRole("button", { name: "Zoom" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("z");
  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(`${app}/gallery/${first.id}`);
  await page.goto(`${app}/gallery/${first.id}?favorite=true`);
  await expect(page.getByRole("link", { name: "Previous picture" })).toHaveCount(0);
  await page.getByRole("link", { name: "Next picture" }).click();
  await expect(page).toHaveURL(`${app}/gallery/${third.id}?favorite=true`);
  await page.getByRole("button", { name: "Remake" }).click();
  await expect(page).toHaveURL(`${app}/gallery`);
  await expect(page.getByRole("textbox", { name: "Prompt" })).toHaveValue("third");
});

test("the gallery can be installed as an app, and hands pictures to other apps", async ({ app, page, signIn }) => {
  const { username, first } = await someoneWithThree(app);
  const manifest = (await (await fetch(`${app}/manifest.webmanifest`)).json()) as {
    start_url: string;
    icons: { src: string; sizes: string }[];
  };
  expect(manifest).toMatchObject({ start_url: "/gallery", display: "standalone" });
  for (const { src, sizes } of [...manifest.icons, { src: "/apple-icon.png", sizes: "180x180" }]) {
    const icon = Buffer.from(await (await fetch(app + src)).arrayBuffer());
    expect(`${icon.readUInt32BE(16)}x${icon.readUInt32BE(20)}`, src).toBe(sizes);
  }
  // This browser has no sheet of its own to share with.
  await page.addInitScript(() => {
    const shared: string[] = [];
    const sheet = {
      canShare: () => true,
      share: async ({ files }: ShareData) => void shared.push(`${files?.[0]?.type} ${files?.[0]?.size}`),
      shared,
    };
    Object.assign(navigator, sheet);
  });
  await signIn(page, username, { next: `/gallery/${first.id}` });
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect.poll(() => page.evaluate(() => (navigator as unknown as { shared: string[] }).shared.join())).toMatch(/^image\/png \d{4,}$/);
});

test("fingers swipe and pinch; a click zooms", async ({ app, openPage, signIn }) => {
  const { username, first, second } = await someoneWithThree(app);
  const page = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await signIn(page, username);
  await tile(page, first).tap();
  await expect(viewer(page)).toBeVisible();
  const picture = viewer(page).getByRole("img", { name: "first" });
  const client = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: [number, number][]) =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  const zoom = viewer(page).getByRole("button", { name: "Zoom" });
  // Until it is drawn, or while the machine is busy, the browser may take the two fingers for a scroll.
  await expect(picture).toHaveJSProperty("complete", true);
  await expect(async () => {
    await touch("touchStart", [180, 300], [220, 300]);
    for (const apart of [60, 100, 140]) await touch("touchMove", [200 - apart, 300], [200 + apart, 300]);
    await touch("touchEnd");
    await expect(zoom).toHaveAttribute("aria-pressed", "true", { timeout: 1000 });
  }).toPass();
  await expect.poll(async () => (await picture.boundingBox())?.width).toBeGreaterThan(700);
  await zoom.tap();
  await expect(zoom).toHaveAttribute("aria-pressed", "false");
  // The finger that is lifted last has not swiped, however far it is from where the first one began.
  await touch("touchStart", [300, 300], [100, 300]);
  for (const apart of [80, 60, 40, 20]) await touch("touchMove", [200 + apart, 300], [200 - apart, 300]);
  await touch("touchEnd");
  await expect(page).toHaveURL(`${app}/gallery/${first.id}`);
  await expect(picture).toBeVisible();
  await touch("touchStart", [300, 300]);
  for (const x of [260, 220, 180, 140]) await touch("touchMove", [x, 302]);
  await touch("touchEnd");
  await expect(page).toHaveURL(`${app}/gallery/${second.id}`);
});

test("where the viewer's code cannot be had any more, the picture has its own page", async ({ app, page, signIn, allowErrors }) => {
  allowErrors(/ERR_FAILED|Failed to load/);
  await page.route("**/_next/static/chunks/**", async (route) => {
    const answer = await route.fetch();
    if ((await answer.text()).includes('"viewer fixed')) await route.abort();
    else await route.fulfill({ response: answer });
  });
  const { username, first } = await someoneWithThree(app);
  await signIn(page, username);
  await tile(page, first).click();
  await expect(page.getByRole("heading", { level: 1, name: "first" })).toBeVisible();
  await expect(page).toHaveURL(`${app}/gallery/${first.id}`);
  await expect(viewer(page)).toHaveCount(0);
});
