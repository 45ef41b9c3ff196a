import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import { bar, selected, tiles } from "../support/gallery-page.ts";
import { makePicture, newUsername } from "../support/pictures.ts";
import { sendJson } from "../support/send-json.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

/** Those of the open collection, known by their addresses: when it opens, the tiles before it stay under its name until its own come. */
const collected = (page: Page) => tiles(page, /^Pictures in/).filter({ has: page.locator('a[href*="?collection="]') });
const strip = (page: Page) => page.getByRole("navigation", { name: "Collections" });
const dialog = (page: Page, name = "Collections") => page.getByRole("dialog", { name });

async function someoneWith(app: string, prompts: readonly string[], collections: readonly string[] = []) {
  const username = newUsername();
  const person = await signInByHttp(app, username);
  for (const prompt of prompts) await makePicture(person, app, { prompt });
  for (const title of collections) expect((await sendJson(person, "POST", `${app}/api/collections`, { title })).status).toBe(201);
  return { username, person };
}

test("a collection is begun from a selection and opened; its pictures, its address and its title are those of a page", async ({
  app,
  page,
  signIn,
}) => {
  const { username } = await someoneWith(app, ["one", "two", "three"]);
  await signIn(page, username);
  await expect(strip(page)).toHaveCount(0);

  await tiles(page).first().hover();
  await tiles(page).first().getByRole("button", { name: "Select" }).click();
  await tiles(page).nth(1).getByRole("link").click();
  await bar(page).getByRole("button", { name: "Add to a collection" }).click();
  await expect(dialog(page)).toBeVisible();
  await dialog(page).getByRole("textbox").fill("Sea");
  await dialog(page).getByRole("button", { name: "Begin" }).click();
  await expect(dialog(page).getByRole("checkbox", { name: "Sea" })).toBeChecked();
  await dialog(page).getByRole("textbox").fill("<b>شمال</b> ‮");
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("checkbox")).toHaveCount(2);
  await expectAccessible(page);
  await dialog(page).getByRole("button", { name: "Done" }).click();
  await page.keyboard.press("Escape");

  await strip(page).getByRole("link", { name: "Sea" }).click();
  await expect(page).toHaveURL(/\/gallery\?collection=[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { name: "Sea", level: 1 })).toBeVisible();
  await expect(collected(page)).toHaveCount(2);
  await expectAccessible(page);
  await collected(page).first().getByRole("link").click();
  await expect(page).toHaveURL(/\/gallery\/[0-9a-f-]{36}\?collection=/);
  await expect(page.getByText("1 of 2")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/gallery\?collection=/);
  await page.reload();
  await expect(collected(page)).toHaveCount(2);
  await expect(page).toHaveTitle(/^Sea · /);
});

test("what the server refuses while a dialog is open is heard and reached in it, and stays when it closes", async ({
  app,
  page,
  signIn,
  fillStorage,
}) => {
  const { username } = await someoneWith(app, ["one"], ["Sea"]);
  await signIn(page, username);
  await fillStorage(page, "**/api/{collections,generations/changes}");
  await tiles(page).first().getByRole("link").focus();
  await page.keyboard.press("x");
  await bar(page).getByRole("button", { name: "Add to a collection" }).click();
  // A live region is heard only if it was there before its text.
  const heard = dialog(page).locator("[aria-live=polite]");
  await expect(heard).toBeEmpty();
  await dialog(page).getByRole("checkbox", { name: "Sea" }).click();
  await expect(heard).toContainText("Storage is full");
  await expectAccessible(page);
  await heard.getByRole("button", { name: "Dismiss" }).click();
  await expect(heard).toBeEmpty();
  await dialog(page).getByRole("textbox").fill("Land");
  await page.keyboard.press("Enter");
  await expect(heard).toContainText("Storage is full");
  await dialog(page).getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("region", { name: "Messages" })).toContainText("Storage is full");
});

test("pictures are dragged onto a collection and collections before each other; one is renamed, removed and brought back", async ({
  app,
  page,
  signIn,
}) => {
  const { username, person } = await someoneWith(app, ["one", "two", "three"]);
  const { items } = (await (await person.request(`${app}/api/generations`)).json()) as { items: { id: string }[] };
  for (const title of ["Sea", "<b>شمال</b> ‮"]) {
    const { id } = (await (await sendJson(person, "POST", `${app}/api/collections`, { title })).json()) as { id: string };
    const marks = { collections: { [id]: true } };
    if (title === "Sea")
      await sendJson(person, "POST", `${app}/api/generations/changes`, { ids: items.slice(0, 2).map((item) => item.id), marks });
  }
  await signIn(page, username);
  await expect(tiles(page)).toHaveCount(3);
  await tiles(page)
    .nth(2)
    .getByRole("link")
    .dragTo(strip(page).getByRole("link", { name: "Sea" }));
  await expect(page.getByText("1 picture added to")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("1 picture taken out of")).toBeVisible();
  await tiles(page)
    .nth(2)
    .getByRole("link")
    .dragTo(strip(page).getByRole("link", { name: "Sea" }));
  await expect(page.getByText("1 picture added to")).toBeVisible();
  await strip(page)
    .getByRole("link", { name: "شمال" })
    .dragTo(strip(page).getByRole("link", { name: "Sea" }));
  await expect(strip(page).getByRole("link").nth(1)).toContainText("شمال");

  await strip(page).getByRole("link", { name: "Sea" }).click();
  await expect(collected(page)).toHaveCount(3);
  await page.getByRole("button", { name: "Edit collection" }).click();
  await expectAccessible(page);
  await dialog(page, "Edit collection").getByRole("button", { name: "Earlier" }).click();
  await expect(strip(page).getByRole("link").nth(1)).toHaveText("Sea");
  await dialog(page, "Edit collection").getByRole("textbox", { name: "Title" }).fill("The sea");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "The sea", level: 1 })).toBeVisible();

  await page.getByRole("button", { name: "Edit collection" }).click();
  await dialog(page, "Edit collection").getByRole("button", { name: "Remove" }).click();
  await expect(page).toHaveURL(`${app}/gallery`);
  await expect(strip(page).getByRole("link")).toHaveCount(2);
  // Until then, what can be undone is the picture that was added.
  await expect(page.getByText(/The sea.* removed\. Its pictures stay/)).toBeVisible();
  // It shows at once, but leaving the page before the server has heard of it would take it back.
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === "PATCH"),
    page.getByRole("button", { name: "Undo" }).click(),
  ]);
  await expect(strip(page).getByRole("link", { name: "The sea" })).toBeVisible();
  await page.reload();
  await strip(page).getByRole("link", { name: "The sea" }).click();
  await expect(collected(page)).toHaveCount(3);
});

test("by keyboard alone: selected, added, taken out and back; what the server refuses changes back", async ({
  app,
  page,
  signIn,
  fillStorage,
}) => {
  const { username } = await someoneWith(app, ["one", "two"], ["Sea"]);
  await signIn(page, username);
  await strip(page).getByRole("link", { name: "Sea" }).press("Enter");
  await expect(page.getByText("Nothing is in this collection yet.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Choose from all pictures" }).press("Enter");

  await tiles(page).first().getByRole("link").focus();
  await page.keyboard.press("x");
  await page.keyboard.press("ControlOrMeta+a");
  await bar(page).getByRole("button", { name: "Add to a collection" }).press("Enter");
  await fillStorage(page, "**/api/generations/changes");
  await dialog(page).getByRole("checkbox", { name: "Sea" }).press("Space");
  await expect(page.getByText("Storage is full")).toBeAttached();
  await expect(dialog(page).getByRole("checkbox", { name: "Sea" })).not.toBeChecked();
  await page.unroute("**/api/generations/changes");
  await dialog(page).getByRole("checkbox", { name: "Sea" }).press("Space");
  await expect(dialog(page).getByRole("checkbox", { name: "Sea" })).toBeChecked();
  await page.keyboard.press("Escape");
  await expect(page.getByText("2 pictures added to")).toBeVisible();
  await page.keyboard.press("Escape");

  await strip(page).getByRole("link", { name: "Sea" }).press("Enter");
  await collected(page).first().getByRole("link").focus();
  await page.keyboard.press("x");
  await bar(page).getByRole("button", { name: "Take out of this collection" }).press("Enter");
  await expect(collected(page)).toHaveCount(1);
  await expect(page.getByText("1 picture taken out of")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await expect(collected(page)).toHaveCount(2);

  // In an open picture, by its button; what is taken out there makes room for the next.
  await collected(page).first().getByRole("link").press("Enter");
  await page.getByRole("button", { name: "Collections" }).press("Enter");
  await dialog(page).getByRole("checkbox", { name: "Sea" }).press("Space");
  await expect(page.getByText("1 of 1")).toBeAttached();
});

test("by touch: a resting finger selects, and the bar adds; the strip scrolls sideways and the page does not", async ({
  app,
  openPage,
  signIn,
}) => {
  const { username } = await someoneWith(app, ["one"], ["A long name that says what is in it", "Another", "W".repeat(200), "🌊"]);
  const page = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await signIn(page, username);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const client = await page.context().newCDPSession(page);
  const box = await tiles(page).first().boundingBox();
  if (!box) throw new Error("no tile");
  await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x: box.x + 80, y: box.y + 80 }] });
  await expect(selected(page)).toHaveText("1 picture selected");
  await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await bar(page).getByRole("button", { name: "Add to a collection" }).tap();
  await dialog(page).getByRole("checkbox", { name: "Another" }).tap();
  await expect(dialog(page).getByRole("checkbox", { name: "Another" })).toBeChecked();
  await expectAccessible(page);
  await dialog(page).getByRole("button", { name: "Done" }).tap();
  await strip(page).getByRole("link", { name: "Another" }).tap();
  await expect(collected(page)).toHaveCount(1);
  await expectAccessible(page);
});

test("another's collection answers byte for byte like one that is not there; a name that cannot be kept gets its sentence", async ({
  app,
}) => {
  const [{ person: ada }, { person: eve }] = await Promise.all([someoneWith(app, []), someoneWith(app, ["hers"])]);
  const { id } = (await (await sendJson(ada, "POST", `${app}/api/collections`, { title: "Secret plans" })).json()) as { id: string };
  const { items } = (await (await eve.request(`${app}/api/generations`)).json()) as { items: { id: string }[] };
  const missing = "0190c8a4-0000-7000-8000-000000000000";
  const seen = async (method: string, path: string, body?: unknown) => {
    const response = await sendJson(eve, method, app + path, body);
    const { date: _date, "x-request-id": _id, ...headers } = Object.fromEntries(response.headers);
    return { status: response.status, headers, body: await response.text() };
  };
  const ways = (collection: string): [string, string, unknown?][] => [
    ["GET", `/api/collections/${collection}`],
    ["PATCH", `/api/collections/${collection}`, { title: "Mine" }],
    ["PATCH", `/api/collections/${collection}`, { removed: false }],
    ["DELETE", `/api/collections/${collection}`],
    ["GET", `/api/generations?collection=${collection}`],
    ["PATCH", `/api/generations/${items[0]?.id}`, { collections: { [collection]: true } }],
  ];
  for (const [index, way] of ways(id).entries()) {
    const foreign = await seen(...way);
    expect(foreign, way.join(" ")).toEqual(await seen(...(ways(missing)[index] ?? way)));
    expect(foreign.status, way.join(" ")).toBe(404);
  }
  const page = await eve.request(`${app}/gallery?collection=${id}`);
  expect(page.status).toBe(404);
  expect(await page.text()).not.toContain("Secret plans");
  expect((await fetch(`${app}/api/collections`)).status).toBe(401);

  for (const [title, code] of [
    ["x".repeat(10_000), "title_too_long"],
    ["   ", "title_missing"],
    ["a\u0000b", "prompt_unreadable"],
  ] as const) {
    const refused = await sendJson(ada, "POST", `${app}/api/collections`, { title });
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: { code } }]);
  }
  expect(await (await ada.request(`${app}/api/collections`)).json()).toMatchObject({ collections: [{ id, title: "Secret plans" }] });
});
