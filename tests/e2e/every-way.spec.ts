import type { Page } from "@playwright/test";
import { bringPictures } from "../support/bring-pictures.ts";
import { bar, selected, tiles, viewer } from "../support/gallery-page.ts";
import { newUsername } from "../support/pictures.ts";
import { sendJson } from "../support/send-json.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

const trashed = (page: Page) => tiles(page, "Pictures in the trash");
const heart = (page: Page) => viewer(page).getByRole("button", { name: "Favourite" });

async function someoneWith(app: string, ...prompts: string[]) {
  const username = newUsername();
  const person = await signInByHttp(app, username);
  await bringPictures(
    person,
    app,
    prompts.toReversed().map((prompt) => ({ prompt })),
  );
  return { username, person };
}

const change = (page: Page) => page.waitForResponse((response) => ["PATCH", "DELETE", "POST"].includes(response.request().method()));

test("by keyboard alone: mark, open, leaf, zoom, copy, vary, compare, trash, restore, erase", async ({ app, page, context, signIn }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { username } = await someoneWith(app, "first", "second", "third");
  await signIn(page, username);
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await tiles(page).first().getByRole("link").focus();
  await Promise.all([change(page), press("f")]);
  await expect(tiles(page).first().getByRole("button", { name: "Favourite" })).toHaveAttribute("aria-pressed", "true");
  await press("End");
  await expect(tiles(page).last().getByRole("link")).toBeFocused();
  await press("Home", "Enter");
  await expect(viewer(page).getByText("1 of 3")).toBeVisible();
  await Promise.all([change(page), press("f")]);
  await expect(heart(page)).toHaveAttribute("aria-pressed", "false");
  await press("ArrowRight");
  await expect(viewer(page).getByText("2 of 3")).toBeVisible();
  await press("ArrowLeft");
  await expect(viewer(page).getByText("1 of 3")).toBeVisible();
  // Only what has a size can be zoomed into.
  await expect
    .poll(() =>
      viewer(page)
        .getByRole("img")
        .first()
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    )
    .toBeGreaterThan(0);
  await press("z");
  await expect(viewer(page).getByRole("button", { name: "Zoom" })).toHaveAttribute("aria-pressed", "true");
  await press("z", "c");
  await expect(page.getByText("Prompt copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("first");
  await press("v");
  await expect(viewer(page)).toHaveCount(0);
  await expect(tiles(page)).toHaveCount(4);

  await tiles(page).nth(1).getByRole("link").focus();
  await press("x", "ArrowRight");
  await expect(tiles(page).nth(2).getByRole("link")).toBeFocused();
  await press("x");
  await bar(page).getByRole("button", { name: "Compare" }).focus();
  await press("Enter");
  const comparison = page.getByRole("dialog", { name: "Side by side" });
  await expect(comparison.getByRole("img")).toHaveCount(2);
  await press("Escape");
  await expect(comparison).toBeHidden();
  await expect(selected(page)).toHaveText("2 pictures selected");
  await bar(page).getByRole("button", { name: "Move to trash" }).focus();
  await Promise.all([change(page), press("Enter")]);
  await expect(page.getByText("2 pictures moved to trash.")).toBeVisible();

  await page.goto(`${app}/gallery/trash`);
  await trashed(page).first().getByRole("link").focus();
  await Promise.all([change(page), press("r")]);
  await expect(trashed(page)).toHaveCount(1);
  await trashed(page).first().getByRole("link").focus();
  await press("Delete");
  const question = page.getByRole("dialog", { name: "Erase this picture?" });
  await question.getByRole("button", { name: "Erase for good" }).focus();
  await Promise.all([change(page), press("Enter")]);
  await expect(page.getByText("The trash is empty.")).toBeVisible();
});

test("by touch alone: open, swipe both ways, mark, name, copy, remake, select, restore, erase", async ({ app, openPage, signIn }) => {
  const { username } = await someoneWith(app, "first", "second", "third");
  const permissions = ["clipboard-read", "clipboard-write"];
  const page = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, permissions });
  const finger = await fingerOn(page);
  await signIn(page, username);
  await tiles(page).nth(1).getByRole("link").tap();
  await expect(viewer(page).getByText("2 of 3")).toBeVisible();
  await Promise.all([change(page), heart(page).tap()]);
  await expect(heart(page)).toHaveAttribute("aria-pressed", "true");
  await finger.swipe(300, 120);
  await expect(viewer(page).getByText("3 of 3")).toBeVisible();
  await finger.swipe(120, 300);
  await expect(viewer(page).getByText("2 of 3")).toBeVisible();
  // A busy browser takes a tap at the heels of a swipe for a part of it.
  const title = viewer(page).getByRole("textbox", { name: "Title" });
  await expect(async () => {
    if (!(await title.isVisible())) await viewer(page).getByRole("button", { name: "Add a title" }).tap({ timeout: 1000 });
    await expect(title).toBeVisible({ timeout: 1000 });
  }).toPass();
  await title.fill("by touch");
  await Promise.all([change(page), viewer(page).getByRole("button", { name: "Save" }).tap()]);
  await expect(viewer(page).getByRole("heading", { level: 1 })).toHaveText("by touch");
  await viewer(page).getByRole("button", { name: "Copy prompt" }).tap();
  await expect(page.getByText("Prompt copied.")).toBeVisible();
  await viewer(page).getByRole("button", { name: "Remake" }).tap();
  await expect(viewer(page)).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Prompt" })).toHaveValue("second");

  // Every action of the bar is within the phone's width.
  await finger.restOn(tiles(page).first());
  await expect(selected(page)).toHaveText("1 picture selected");
  await tiles(page).nth(1).getByRole("link").tap();
  await expect(bar(page).getByRole("button", { name: "Move to trash" })).toBeInViewport({ ratio: 1 });
  const box = await bar(page).boundingBox();
  expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true);
  await Promise.all([change(page), bar(page).getByRole("button", { name: "Add to favourites" }).tap()]);
  await Promise.all([page.waitForEvent("download"), bar(page).getByRole("button", { name: "Download" }).tap()]);
  await Promise.all([change(page), bar(page).getByRole("button", { name: "Move to trash" }).tap()]);
  await Promise.all([change(page), page.getByRole("button", { name: "Undo" }).tap()]);
  await expect(tiles(page)).toHaveCount(3);
  await tiles(page).first().getByRole("link").tap();
  await Promise.all([change(page), viewer(page).getByRole("button", { name: "Move to trash" }).tap()]);
  await viewer(page).getByRole("button", { name: "Close" }).tap();
  await expect(tiles(page)).toHaveCount(2);

  await page.goto(`${app}/gallery/trash`);
  await finger.restOn(trashed(page).first());
  await Promise.all([change(page), bar(page).getByRole("button", { name: "Restore" }).tap()]);
  await expect(page.getByText("The trash is empty.")).toBeVisible();
});

/** One finger, at the height of the viewer's picture or on what it is told. */
async function fingerOn(page: Page) {
  const client = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", x?: number, y = 300) =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints: x === undefined ? [] : [{ x, y }] });
  return {
    async swipe(from: number, to: number) {
      await touch("touchStart", from);
      for (let step = 1; step <= 4; step += 1) await touch("touchMove", from + ((to - from) * step) / 4, 302);
      await touch("touchEnd");
    },
    async restOn(element: ReturnType<typeof tiles>) {
      const box = await element.boundingBox();
      if (!box) throw new Error("nothing to rest on");
      await touch("touchStart", box.x + box.width / 2, box.y + box.height / 2);
      await expect(selected(page)).toHaveText("1 picture selected");
      await touch("touchEnd");
    },
  };
}

test("a title of any kind is said for what it is, and stays within its own place", async ({ app, page, signIn }) => {
  const { username, person } = await someoneWith(app, "words");
  const { items } = (await (await person.request(`${app}/api/generations`)).json()) as { items: { id: string }[] };
  const name = (title: string) => sendJson(person, "PATCH", `${app}/api/generations/${items[0]?.id}`, { title });
  const tooLong = await name("a".repeat(10_000));
  expect(tooLong.status).toBe(400);
  expect(((await tooLong.json()) as { error: { message: string } }).error.message).toMatch(/200/);
  // Right to left for good, were it not held within its element.
  const tricky = "\u202egnp.exe <img src=x onerror=alert(1)> 👩‍👩‍👧‍👦";
  expect((await name(tricky)).status).toBe(200);
  await signIn(page, username);
  await expect(tiles(page).getByRole("img", { name: "<img src=x onerror=alert(1)>" })).toBeVisible();
  await tiles(page).getByRole("link").click();
  await expect(viewer(page).getByRole("heading", { level: 1 })).toHaveText(tricky);
  await expect(viewer(page).getByRole("heading", { level: 1 })).toHaveCSS("unicode-bidi", /isolate|plaintext/);
  await expect(page.getByText("1 of 1")).toBeVisible();
});
