import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible.ts";
import type { HttpClient } from "../support/http-client.ts";
import { makePicture, newUsername } from "../support/pictures.ts";
import { sendJson } from "../support/send-json.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

const prompt = "Secret words <img src=x onerror=alert(1)> of ada";
const dialog = (page: Page, name: string) => page.getByRole("dialog", { name });

async function share(person: HttpClient, app: string, wanted: object): Promise<{ id: string; path: string }> {
  const response = await sendJson(person, "POST", `${app}/api/shares`, wanted);
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string; path: string };
}

test("a link is made beside a picture, opened by somebody who is nobody here, and ended on the account page", async ({
  app,
  page,
  openPage,
  signIn,
  allowErrors,
}) => {
  allowErrors(/410/);
  const username = newUsername();
  const person = await signInByHttp(app, username);
  const { id } = await makePicture(person, app, { prompt });
  await signIn(page, username);
  await page.goto(`${app}/account`);
  await expect(page.getByText("Nothing of yours is shared.")).toBeVisible();

  await page.goto(`${app}/gallery/${id}`);
  await page.getByRole("button", { name: "Share a link" }).press("Enter");
  await expectAccessible(page);
  await dialog(page, "Share a link").getByRole("checkbox", { name: "With titles and prompts" }).press("Space");
  await dialog(page, "Share a link").getByRole("combobox").selectOption("day");
  await dialog(page, "Share a link").getByRole("button", { name: "Make the link" }).press("Enter");
  const address = await dialog(page, "Your link").getByRole("textbox", { name: "Your link" }).inputValue();
  expect(address).toMatch(new RegExp(`^${app}/s/[\\w-]{32}$`));
  await expectAccessible(page);

  for (const [viewport, colorScheme] of [
    [{ width: 1280, height: 800 }, "light"],
    [{ width: 390, height: 844 }, "dark"],
  ] as const) {
    const shared = await openPage({ viewport, colorScheme });
    await shared.goto(address);
    await expect(shared.getByText(prompt)).toBeVisible();
    await expect
      .poll(() => shared.getByRole("img", { name: "Secret words" }).evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBe(832);
    expect(await shared.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
    await expectAccessible(shared);
    expect(await shared.context().cookies()).toEqual([]);
  }

  await page.goto(`${app}/account`);
  const links = page.getByRole("list", { name: "Links" });
  await expect(links.getByRole("listitem")).toHaveCount(1);
  await expect(links).toContainText("with prompts");
  await expectAccessible(page);
  await links.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("Nothing of yours is shared.")).toBeVisible();
  const ended = await page.goto(address);
  expect(ended?.status()).toBe(410);
  await expect(page.getByRole("heading", { name: "This is no longer shared." })).toBeVisible();
  await expectAccessible(page);
});

test("without words a link gives the picture and nothing else: no name, no prompt, no id, in no page, header or file", async ({ app }) => {
  const username = newUsername();
  const ada = await signInByHttp(app, username);
  const { id } = await makePicture(ada, app, { prompt });
  await sendJson(ada, "PATCH", `${app}/api/generations/${id}`, { title: "Secret title" });
  const me = (await (await ada.request(`${app}/api/me`)).json()) as { id: string };
  const { path } = await share(ada, app, { picture: id });
  const page = await fetch(app + path);
  const html = await page.text();
  const headers = Object.fromEntries(page.headers);
  expect(page.status).toBe(200);
  expect(headers).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "cache-control": "private, no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringMatching(
      /^default-src 'none'; img-src 'self'; style-src 'nonce-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    ),
  });
  expect(html).toContain(`<link rel="canonical" href="${app}${path}">`);
  expect(html).toContain('<meta name="robots" content="noindex">');
  expect(html).not.toContain("<script");
  const [, preview = ""] = /<meta property="og:image" content="([^"]+)">/.exec(html) ?? [];
  expect(html).toContain('<meta property="og:image:width" content="640"><meta property="og:image:height" content="935">');
  const [, image = ""] = /<img src="(\/s\/[^"]+\/image)"/.exec(html) ?? [];
  const files = await Promise.all([preview, app + image].map((address) => fetch(address)));
  const bodies = await Promise.all(files.map(async (file) => Buffer.from(await file.arrayBuffer()).toString("latin1")));
  expect(files.map(({ status }) => status)).toEqual([200, 200]);
  expect(bodies[0]).toContain("WEBP");
  const told = [html, JSON.stringify(headers), ...bodies, ...files.map(({ headers: of }) => JSON.stringify(Object.fromEntries(of)))].join(
    "\n",
  );
  for (const secret of ["Secret", username, me.id, id, id.replaceAll("-", ""), "set-cookie"]) expect(told).not.toContain(secret);

  const etag = files[1]?.headers.get("etag") ?? "";
  expect((await fetch(app + image, { headers: { "if-none-match": etag } })).status).toBe(304);
  expect((await fetch(app + image, { headers: { range: "bytes=0-9" } })).status).toBe(206);
  expect((await fetch(app + path, { method: "HEAD" })).status).toBe(200);
  expect((await fetch(app + path, { method: "POST" })).status).toBe(405);
  expect((await fetch(`${app}/api/generations/${id}/image`)).status).toBe(401);

  await sendJson(ada, "DELETE", `${app}/api/generations/${id}`);
  for (const address of [path, image, `${image}?width=640`]) {
    const gone = await fetch(app + address, { headers: { "if-none-match": etag } });
    expect(gone.status, address).toBe(410);
    expect(await gone.text()).toContain("This is no longer shared.");
  }
});

test("a guessed link leads nowhere, and nobody else's can be made, seen or ended", async ({ app }) => {
  const [ada, eve] = await Promise.all([signInByHttp(app, newUsername()), signInByHttp(app, newUsername())]);
  const { id } = await makePicture(ada, app);
  const hers = await share(ada, app, { picture: id, lifetime: "never" });
  for (const path of ["/s/x", `/s/${"A".repeat(32)}`, `${hers.path}A`, `/s/${"A".repeat(32)}/AAAAAAAAAAAAAAAAAAAAAA/image`, `/s/${id}`]) {
    const response = await fetch(app + path);
    expect(response.status, path).toBe(404);
    expect(await response.text()).toContain("This link leads nowhere.");
  }
  for (const name of [id, "AAAAAAAAAAAAAAAAAAAAAA", "x"]) expect((await fetch(`${app}${hers.path}/${name}`)).status).toBe(404);

  const missing = "0190c8a4-0000-7000-8000-000000000000";
  const answer = async (method: string, path: string, body?: unknown) => {
    const response = await sendJson(eve, method, app + path, body);
    return { status: response.status, body: await response.text() };
  };
  expect(await answer("DELETE", `/api/shares/${hers.id}`)).toEqual(await answer("DELETE", `/api/shares/${missing}`));
  expect(await answer("POST", "/api/shares", { picture: id })).toEqual(await answer("POST", "/api/shares", { picture: missing }));
  expect((await answer("POST", "/api/shares", { picture: id })).status).toBe(404);
  expect((await answer("POST", "/api/shares", {})).status).toBe(400);
  expect(JSON.parse((await answer("GET", "/api/shares")).body)).toEqual({ shares: [] });
  expect((await fetch(app + hers.path)).status).toBe(200);
});

test("a collection is shared with what is in it, its name shown as it is, each picture on a page of its own", async ({ app, page }) => {
  const ada = await signInByHttp(app, newUsername());
  const title = `<b>Sea</b> & "land" ‮`;
  const collection = (await (await sendJson(ada, "POST", `${app}/api/collections`, { title })).json()) as { id: string };
  const pictures = [];
  for (const width of [1216, 832, 1024]) {
    const height = { 1216: 832, 832: 1216, 1024: 1024 }[width];
    pictures.push(await makePicture(ada, app, { prompt: `picture ${width}`, width, height }));
  }
  const [first, second, elsewhere] = pictures.map(({ id }) => id);
  await sendJson(ada, "POST", `${app}/api/generations/changes`, {
    ids: [first, second],
    marks: { collections: { [collection.id]: true } },
  });
  const { path } = await share(ada, app, { collection: collection.id, withWords: true, withName: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(app + path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.getByText("2 pictures · Shared by visitor-")).toBeVisible();
  await expect(page.getByRole("listitem")).toHaveCount(2);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
  await page.getByRole("link", { name: "picture 832" }).click();
  await expect(page.getByText("picture 832")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Sea" }).click();
  await expect(page.getByRole("listitem")).toHaveCount(2);
  expect(await page.content()).not.toContain(elsewhere ?? "none");

  await sendJson(ada, "DELETE", `${app}/api/collections/${collection.id}`);
  expect((await fetch(app + path)).status).toBe(410);
});
