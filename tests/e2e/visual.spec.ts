/**
 * How the pages look, at three widths in both themes, beside screenshots that somebody has looked at. After a change of looks take them anew
 * with `npx playwright test visual --update-snapshots`, look at every one, and commit them.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import { type Preview, startPreview } from "../../dev/preview.ts";
import { bringPictures } from "../support/bring-pictures.ts";
import { bringSession } from "../support/bring-session.ts";
import type { HttpClient } from "../support/http-client.ts";
import { onlyWhere } from "../support/only-where.ts";
import { drawsSameLetters } from "../support/same-letters.ts";
import { sendJson } from "../support/send-json.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

// Playwright hides carets and stops animations by a style of its own, which the policy of the pages forbids; that it holds, other tests show.
test.use({ bypassCSP: true, reducedMotion: "reduce", locale: "en-US", timezoneId: "UTC" });
test.describe.configure({ mode: "default" });

const snapshots = path.join(import.meta.dirname, "visual.spec.ts-snapshots");
const widths = [
  { width: 390, height: 844 },
  { width: 834, height: 1112 },
  { width: 1440, height: 900 },
] as const;

let preview: Preview;
let folder: string;
let ada: HttpClient;
let shared: string;
let sharedPicture: string;

test.beforeAll(async ({ browser }, { config }) => {
  const renew = config.updateSnapshots === "all" || config.updateSnapshots === "changed";
  const same = await drawsSameLetters(browser, path.join(snapshots, "letters.png"), { renew });
  onlyWhere(same, "this machine draws letters otherwise than the one on which the screenshots were taken");
  folder = await mkdtemp(path.join(tmpdir(), "keepsake-visual-"));
  preview = await startPreview({ folder, quiet: true });
  ada = await signInByHttp(preview.origin, "ada");
  const [first, second] = await bringPictures(ada, preview.origin, [
    { prompt: "A harbour at dawn, boats at rest" },
    { prompt: "Marble under a lamp", width: 1024, height: 1024 },
    { prompt: "The sea from a cliff, wide and calm", width: 1344, height: 768 },
    { prompt: "A tall tree in fog", width: 768, height: 1344 },
    { prompt: "Dunes in the evening", width: 1216, height: 832 },
    { prompt: "The sea at night" },
    { prompt: "Poppies" },
  ]);
  const send = async (address: string, body: unknown) => (await sendJson(ada, "POST", preview.origin + address, body)).json();
  const { id: collection } = (await send("/api/collections", { title: "By the sea" })) as { id: string };
  const ids = [first.id, second.id];
  await send("/api/generations/changes", { ids, marks: { favorite: true, collections: { [collection]: true } } });
  shared = ((await send("/api/shares", { collection, withWords: true, lifetime: "never" })) as { path: string }).path;
  sharedPicture = ((await send("/api/shares", { picture: first.id, withWords: true, lifetime: "never" })) as { path: string }).path;
});

test.afterAll(async () => {
  await preview?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const tiles = (page: Page) => page.locator("[data-picture]");

/** Every state, by its name; each begins where it likes. */
const states: Readonly<Record<string, (page: Page, app: string) => Promise<unknown>>> = {
  grid: (page, app) => page.goto(`${app}/gallery`),
  search: async (page, app) => {
    await page.goto(`${app}/gallery?q=sea`);
    await expect(tiles(page)).toHaveCount(2);
  },
  "nothing found": (page, app) => page.goto(`${app}/gallery?q=zebra`),
  collection: async (page, app) => {
    await page.goto(`${app}/gallery`);
    await page.getByRole("link", { name: "By the sea" }).click();
    await expect(tiles(page)).toHaveCount(2);
  },
  selection: async (page, app) => {
    await page.goto(`${app}/gallery`);
    await tiles(page).first().getByRole("link").focus();
    await page.keyboard.press("x");
    await tiles(page).nth(1).getByRole("link").focus();
    await page.keyboard.press("x");
    await expect(page.getByText("2 pictures selected").first()).toBeVisible();
  },
  viewer: async (page, app) => {
    await page.goto(`${app}/gallery`);
    await tiles(page).nth(1).getByRole("link").click();
    await expect(page.getByText("2 of 7")).toBeVisible();
  },
  trash: (page, app) => page.goto(`${app}/gallery/trash`),
  shared: (page, app) => page.goto(app + shared),
  "shared picture": (page, app) => page.goto(app + sharedPicture),
};

for (const colorScheme of ["light", "dark"] as const) {
  for (const viewport of widths) {
    test(`${viewport.width} pixels wide, ${colorScheme}`, async ({ page }) => {
      test.setTimeout(120_000);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize(viewport);
      const expectAsBefore = async (name: string) => {
        await page.waitForLoadState("networkidle");
        await expect.soft(page, name).toHaveScreenshot(`${name.replaceAll(" ", "-")}-${viewport.width}-${colorScheme}.png`, {
          stylePath: path.join(import.meta.dirname, "visual.css"),
          maxDiffPixels: 100,
        });
      };
      await page.goto(preview.origin);
      await expectAsBefore("landing");
      const newcomer = await signInByHttp(preview.origin, "linus");
      await bringSession(page, newcomer, preview.origin);
      await page.goto(`${preview.origin}/gallery`);
      await expectAsBefore("empty");
      await bringSession(page, ada, preview.origin);
      for (const [name, open] of Object.entries(states)) {
        await open(page, preview.origin);
        await expectAsBefore(name);
      }
    });
  }
}
