import { readFile } from "node:fs/promises";
import { expectAccessible } from "../support/accessible.ts";
import { bar, selected, tiles } from "../support/gallery-page.ts";
import { makePicture, newUsername } from "../support/pictures.ts";
import { sendJson } from "../support/send-json.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

async function someoneWithFour(app: string) {
  const username = newUsername();
  const person = await signInByHttp(app, username);
  for (const prompt of ["one", "two", "three", "four"]) await makePicture(person, app, { prompt });
  return { username, person };
}

test("pictures are selected by click, Shift and key, changed together, and changed back", async ({ app, page, signIn, fillStorage }) => {
  const { username } = await someoneWithFour(app);
  await signIn(page, username);
  await tiles(page).first().hover();
  await tiles(page).first().getByRole("button", { name: "Select" }).click();
  await expect(selected(page)).toHaveText("1 picture selected");
  await tiles(page)
    .nth(2)
    .getByRole("link")
    .click({ modifiers: ["Shift"] });
  await expect(selected(page)).toHaveText("3 pictures selected");
  await tiles(page).nth(1).getByRole("link").click();
  await expect(selected(page)).toHaveText("2 pictures selected");
  await bar(page).getByRole("button", { name: "Compare" }).click();
  await expect(page.getByRole("dialog", { name: "Side by side" }).getByRole("img")).toHaveCount(2);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Close" }).click();
  await bar(page).getByRole("button", { name: "Add to favourites" }).click();
  await expect(page.getByText("2 pictures marked as favourites.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(bar(page)).toBeHidden();

  await tiles(page).first().getByRole("link").focus();
  await page.keyboard.press("ArrowRight");
  await expect(tiles(page).nth(1).getByRole("link")).toBeFocused();
  await page.keyboard.press("x");
  await page.keyboard.press("ControlOrMeta+a");
  await expect(selected(page)).toHaveText("4 pictures selected");
  await expectAccessible(page);
  await fillStorage(page, "**/api/generations/changes");
  await bar(page).getByRole("button", { name: "Move to trash" }).click();
  await expect(page.getByText("Storage is full")).toBeVisible();
  await expect(tiles(page)).toHaveCount(4);
  await page.unroute("**/api/generations/changes");

  await page.keyboard.press("ControlOrMeta+a");
  await bar(page).getByRole("button", { name: "Move to trash" }).click();
  await expect(page.getByText("4 pictures moved to trash.")).toBeVisible();
  await expect(tiles(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(tiles(page)).toHaveCount(4);
  await expect(page.getByText("4 pictures back in your gallery.")).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Shortcuts" })).toBeVisible();
  await expectAccessible(page);
});

test("the keyboard goes on in the list when the selection ends, and what has the focus is not covered", async ({ app, page, signIn }) => {
  const { username } = await someoneWithFour(app);
  await page.setViewportSize({ width: 390, height: 560 });
  await signIn(page, username);
  await tiles(page).first().getByRole("link").focus();
  await page.keyboard.press("x");
  /** Distances from the focus to what lies over the page: above it and below it. */
  const clear = () =>
    page.evaluate(() => {
      const [focus, above, below] = [
        document.activeElement,
        document.querySelector(".selection-bar"),
        document.querySelector(".prompt-bar"),
      ].map((element) => element?.getBoundingClientRect());
      return focus && above && below ? [focus.top - above.bottom, below.top - focus.bottom] : [];
    });
  const expectClear = async () => {
    const distances = await clear();
    expect(distances).toHaveLength(2);
    for (const distance of distances) expect(distance).toBeGreaterThanOrEqual(0);
  };
  for (const [key, index] of [
    ["ArrowDown", 2],
    ["ArrowRight", 3],
    ["ArrowUp", 1],
  ] as const) {
    await page.keyboard.press(key);
    await expect(tiles(page).nth(index).getByRole("link")).toBeFocused();
    await expectClear();
  }
  await page.evaluate(() => scrollTo({ top: 0 }));
  await page.keyboard.press("Tab");
  await expect(tiles(page).nth(1).getByRole("button", { name: "Select" })).toBeFocused();
  await expectClear();

  await bar(page).getByRole("button", { name: "End the selection" }).focus();
  await page.keyboard.press("Enter");
  await expect(bar(page)).toBeHidden();
  await expect(tiles(page).getByRole("link").and(page.locator(":focus"))).toHaveCount(1);
  await page.keyboard.press("x");
  await bar(page).getByRole("button", { name: "Move to trash" }).focus();
  await page.keyboard.press("Enter");
  await expect(tiles(page)).toHaveCount(3);
  await expect(tiles(page).getByRole("link").and(page.locator(":focus"))).toHaveCount(1);
  await page.keyboard.press("ControlOrMeta+a");
  await bar(page).getByRole("button", { name: "Move to trash" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Your first picture" })).toBeVisible();
  await expect(page.getByRole("main")).toBeFocused();
});

test("a selection is downloaded as one ZIP file, of one's own pictures only", async ({ app, page, signIn }) => {
  const { username, person } = await someoneWithFour(app);
  await signIn(page, username);
  await tiles(page).first().getByRole("link").focus();
  await page.keyboard.press("x");
  const [download] = await Promise.all([page.waitForEvent("download"), bar(page).getByRole("button", { name: "Download" }).click()]);
  expect(download.suggestedFilename()).toMatch(/^keepsake-.*\.zip$/);
  const bytes = await readFile(await download.path());
  expect(bytes.toString("latin1").match(/PK\x01\x02/g)).toHaveLength(3);

  const { items } = (await (await person.request(`${app}/api/generations`)).json()) as { items: { id: string }[] };
  const stranger = await signInByHttp(app, newUsername());
  const asked = await stranger.request(`${app}/api/export`, {
    method: "POST",
    headers: { origin: app },
    body: new URLSearchParams({ ids: items.map(({ id }) => id).join(" ") }),
  });
  expect(asked.status).toBe(404);
  const many = { ids: Array.from({ length: 5001 }, () => "x"), marks: { favorite: true } };
  const refused = await sendJson(person, "POST", `${app}/api/generations/changes`, many);
  expect(await refused.json()).toMatchObject({ error: { code: "selection_too_large" } });
});

test("a finger rests on a picture to select it; the trash says when it erases, and is emptied after a question", async ({
  app,
  openPage,
  signIn,
}) => {
  const { username } = await someoneWithFour(app);
  const page = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await signIn(page, username);
  const client = await page.context().newCDPSession(page);
  const box = await tiles(page).first().boundingBox();
  if (!box) throw new Error("no tile");
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [point] });
  await expect(selected(page)).toHaveText("1 picture selected");
  await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await tiles(page).nth(1).getByRole("link").tap();
  await expect(selected(page)).toHaveText("2 pictures selected");
  await bar(page).getByRole("button", { name: "Move to trash" }).tap();
  await expect(page.getByText("2 pictures moved to trash.")).toBeVisible();

  await page.goto(`${app}/gallery/trash`);
  await expect(page.getByText("Pictures stay here for 30 days.")).toBeVisible();
  await expect(tiles(page, "Pictures in the trash").getByText("30 days left")).toHaveCount(2);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Empty the trash" }).tap();
  const question = page.getByRole("dialog", { name: "Erase 2 pictures?" });
  await expect(question.getByRole("img")).toHaveCount(2);
  await expectAccessible(page);
  await question.getByRole("button", { name: "Empty the trash" }).tap();
  await expect(page.getByText("2 pictures erased for good.")).toBeVisible();
  await expect(page.getByText("The trash is empty.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("The trash is empty.")).toBeVisible();
});

test("the trash is emptied of everything that is in it, also where the device's clock is an hour slow or fast", async ({
  app,
  page,
  signIn,
}) => {
  const { username, person } = await someoneWithFour(app);
  const { items } = (await (await person.request(`${app}/api/generations`)).json()) as { items: { id: string }[] };
  await signIn(page, username);
  const hour = 3_600_000;
  for (const [index, wrongBy] of [-hour, hour].entries()) {
    const ids = items.slice(2 * index, 2 * index + 2).map(({ id }) => id);
    await sendJson(person, "POST", `${app}/api/generations/changes`, { ids, marks: { trashed: true } });
    await page.clock.setFixedTime(Date.now() + wrongBy);
    await page.goto(`${app}/gallery/trash`);
    await page.getByRole("button", { name: "Empty the trash" }).click();
    await page.getByRole("dialog", { name: "Erase 2 pictures?" }).getByRole("button", { name: "Empty the trash" }).click();
    await expect(page.getByText("2 pictures erased for good.")).toBeVisible();
    await expect(page.getByText("The trash is empty.")).toBeVisible();
  }
  const left = await person.request(`${app}/api/generations?trashed=true`);
  expect(await left.json()).toMatchObject({ total: 0 });
});

test("an open dialog is told what comes meanwhile, and keys for the page do nothing beneath it", async ({
  app,
  page,
  signIn,
  fillStorage,
}) => {
  const { username } = await someoneWithFour(app);
  await signIn(page, username);
  await tiles(page).first().getByRole("link").focus();
  await page.keyboard.press("x");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("x");
  await bar(page).getByRole("button", { name: "Compare" }).click();
  const dialog = page.getByRole("dialog", { name: "Side by side" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(selected(page)).toHaveText("2 pictures selected");

  await fillStorage(page, "**/api/generations/changes");
  const held = Promise.withResolvers<void>();
  await page.route("**/api/generations/changes", (route) => held.promise.then(() => route.fallback()));
  await bar(page).getByRole("button", { name: "Add to favourites" }).click();
  await bar(page).getByRole("button", { name: "Compare" }).click();
  held.resolve();
  await expect(dialog.getByText("Storage is full")).toBeVisible();
});
