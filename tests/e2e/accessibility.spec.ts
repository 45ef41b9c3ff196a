import { expectAccessible } from "../support/accessible.ts";
import { bringPictures } from "../support/bring-pictures.ts";
import { newUsername } from "../support/pictures.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, reducedMotion: "reduce" });

    test("axe finds nothing on any page, signed out", async ({ app, page, allowErrors }) => {
      allowErrors(/404|400/);
      for (const path of ["/", "/?notice=declined", "/nowhere", "/api/auth/callback/huggingface?error=x", "/login"]) {
        await page.goto(app + path);
        await expectAccessible(page, { state: path });
      }
    });

    test("axe finds nothing on any page, signed in", async ({ app, page, signIn, allowErrors }) => {
      test.slow();
      allowErrors(/404/);
      const username = newUsername();
      await signIn(page, username);
      await expectAccessible(page, { state: "empty gallery" });
      const person = await signInByHttp(app, username);
      const [shown, , trashed] = await bringPictures(person, app, [{ prompt: "shown" }, { prompt: "beside it" }, { prompt: "trashed" }]);
      await page.goto(`${app}/gallery/trash`);
      await expectAccessible(page, { state: "empty trash" });
      await person.request(`${app}/api/generations/${trashed.id}`, { method: "DELETE", headers: { origin: app } });

      for (const path of [
        "/",
        "/gallery",
        `/gallery/${shown.id}`,
        `/gallery/${trashed.id}`,
        "/gallery/trash",
        "/account",
        "/gallery/nothing",
      ]) {
        await page.goto(app + path);
        // What one does with a picture comes into its tile a moment after the page.
        const tiles = page.locator("li[data-picture]");
        if ((await tiles.count()) > 0) await expect(tiles.last().getByRole("button").last()).toBeAttached();
        await expectAccessible(page, { state: path });
      }
      await page.goto(`${app}/gallery/${trashed.id}`);
      await page.getByRole("button", { name: "Erase for good" }).click();
      await expectAccessible(page, { state: "confirming" });
      await page.goto(`${app}/gallery/${shown.id}`);
      await page.getByRole("button", { name: "Favourite" }).click();
      await page.getByRole("button", { name: "Add a title" }).click();
      await page.getByRole("textbox", { name: "Title" }).fill("long ".repeat(60));
      await expectAccessible(page, { state: "naming" });

      await page.goto(`${app}/gallery?q=nothing+like+it&sort=oldest`);
      await page.getByRole("button", { name: "Filters" }).click();
      await page.getByRole("combobox", { name: "Size" }).waitFor();
      await expectAccessible(page, { state: "finding nothing" });

      await page.goto(`${app}/gallery`);
      const pictures = page.getByRole("list", { name: "Your pictures" }).getByRole("link");
      await pictures.first().click();
      await page.getByRole("dialog", { name: "Picture" }).waitFor();
      await expectAccessible(page, { state: "viewer" });
      await page.keyboard.press("Escape");
      // A focus that is set while the viewer still lies over the page is lost.
      await expect(pictures.first()).toBeFocused();
      await page.keyboard.press("x");
      await page.keyboard.press("ArrowRight");
      await expect(pictures.nth(1)).toBeFocused();
      await page.keyboard.press("x");
      await expectAccessible(page, { state: "selection" });
      await page.getByRole("button", { name: "Compare" }).click();
      await expectAccessible(page, { state: "comparing" });
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await expectAccessible(page, { state: "shortcuts" });
      await page.keyboard.press("Escape");

      await page.locator("summary").first().click();
      await expectAccessible(page, { state: "settings" });
      await page.getByRole("textbox", { name: "Prompt" }).fill("to be looked at while it is made");
      await page.getByRole("button", { name: "Make", exact: true }).click();
      await page.getByRole("progressbar").waitFor();
      await expectAccessible(page, { state: "making" });
      await page.getByRole("button", { name: username }).click();
      await expectAccessible(page, { state: "menu" });
    });
  });
}

test("every action of the gallery can be reached and used by keyboard alone", async ({ app, page, signIn }) => {
  const username = newUsername();
  await bringPictures(await signInByHttp(app, username), app, [{ prompt: "first" }]);
  await signIn(page, username);
  await page.getByRole("textbox", { name: "Prompt" }).focus();
  await page.keyboard.type("by keyboard");
  await page.keyboard.press("Enter");
  const list = page.getByRole("list", { name: "Your pictures" });
  await expect(list.getByRole("link")).toHaveCount(2);

  const trash = list.getByRole("listitem").first().getByRole("button", { name: "Move to trash" });
  for (let presses = 0; presses < 40 && !(await trash.evaluate((element) => element === document.activeElement)); presses++) {
    await page.keyboard.press("Tab");
  }
  await expect(trash).toBeFocused();
  await expect(trash).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(list.getByRole("link")).toHaveCount(1);
});

test("single keys are turned off in the list of shortcuts, stay off, and are turned on again in the account", async ({
  app,
  page,
  signIn,
}) => {
  const username = newUsername();
  await bringPictures(await signInByHttp(app, username), app, [{ prompt: "first" }, { prompt: "second" }]);
  await signIn(page, username);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET" && request.url().startsWith(`${app}/api/`)) asked.push(`${request.method()} ${request.url()}`);
  });
  const list = page.getByRole("list", { name: "Your pictures" });
  const shortcuts = page.getByRole("dialog", { name: "Shortcuts" });
  const box = page.getByRole("checkbox", { name: "Single keys" });
  await list.getByRole("link").first().focus();
  await page.keyboard.press("?");
  await expect(box).toBeChecked();
  await box.uncheck();
  await page.keyboard.press("Escape");
  await expect(shortcuts).toBeHidden();
  for (const isAgain of [false, true]) {
    if (isAgain) await page.reload();
    await list.getByRole("link").first().focus();
    for (const key of ["x", "f", "v", "?"]) await page.keyboard.press(key);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Picture" })).toBeVisible();
    for (const key of ["f", "v", "c", "z", "?"]) await page.keyboard.press(key);
    await expect(page.getByRole("button", { name: "Zoom" })).toHaveAttribute("aria-pressed", "false");
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("dialog", { name: "Picture" }).getByText("2 of 2")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(list.getByRole("link").last()).toBeFocused();
  }
  await expect(shortcuts).toBeHidden();
  await expect(page.getByRole("toolbar", { name: "Selected pictures" })).toBeHidden();
  expect(asked).toEqual([]);

  await page.goto(`${app}/account`);
  await expect(box).not.toBeChecked();
  await box.check();
  await page.goto(`${app}/gallery`);
  await list.getByRole("link").first().focus();
  await page.keyboard.press("?");
  await expect(shortcuts).toBeVisible();
});

test("nothing jumps while the gallery loads", async ({ app, page, signIn }) => {
  const username = newUsername();
  const person = await signInByHttp(app, username);
  await bringPictures(person, app, [{ prompt: "still" }, { prompt: "still wide", width: 1344, height: 768 }, { prompt: "still too" }]);
  await signIn(page, username);
  for (const path of ["/", "/gallery"]) {
    await page.goto(app + path);
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) sum += entry.value;
          }).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => resolve(sum), 1500);
        }),
    );
    expect(shift, path).toBeLessThan(0.01);
  }
});
