/** Everything out and back in, over HTTP and by hand. */
import { readFile } from "node:fs/promises";
import { makePicture, newUsername } from "../support/pictures.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

const zip = { "content-type": "application/zip" };

test("an export is one person's, is as long as it says, and means nothing to another", async ({ app }) => {
  const [ada, eve] = await Promise.all([signInByHttp(app, newUsername()), signInByHttp(app, newUsername())]);
  const { id } = await makePicture(ada, app);
  const response = await ada.request(`${app}/api/export`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/zip");
  expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="keepsake-[\w-]+\.zip"$/);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(Number(response.headers.get("content-length"))).toBe(bytes.length);
  expect(bytes.includes(`pictures/${id}.json`)).toBe(true);
  expect(Buffer.from(await (await eve.request(`${app}/api/export`)).arrayBuffer()).includes(id)).toBe(false);

  const send = (client: typeof eve, headers: Record<string, string>) =>
    client.request(`${app}/api/import`, { method: "POST", body: bytes, headers: { ...zip, ...headers } });
  const foreign = await (await send(eve, { origin: app })).text();
  expect(foreign).toContain("not_yours");
  expect(JSON.parse(foreign.trim().split("\n").at(-1) ?? "")).toMatchObject({ type: "done", counts: { imported: 0, refused: 1 } });
  const own = await send(ada, { origin: app });
  expect(own.headers.get("content-type")).toContain("application/x-ndjson");
  expect(JSON.parse((await own.text()).trim().split("\n").at(-1) ?? "")).toMatchObject({ counts: { imported: 0, present: 1 } });

  expect((await send(ada, { origin: "https://elsewhere.example" })).status).toBe(403);
  expect((await send(ada, { origin: app, "content-type": "text/plain" })).status).toBe(415);
  const junk = await ada.request(`${app}/api/import`, { method: "POST", body: "junk", headers: { ...zip, origin: app } });
  expect(junk.status).toBe(400);
  expect(await junk.json()).toMatchObject({ error: { code: "import_unreadable" } });
  for (const [path, method] of [
    ["/api/export", "GET"],
    ["/api/import", "POST"],
  ] as const) {
    expect((await fetch(app + path, { method, headers: { origin: app } })).status).toBe(401);
  }
});

test("downloading everything and bringing it back by hand", async ({ page, app, signIn, allowErrors }) => {
  allowErrors(/400 \(Bad Request\)/);
  await signIn(page, newUsername(), { next: "/account" });
  await page.evaluate(async () => {
    const body = JSON.stringify({ prompt: "calm dunes", width: 832, height: 1216 });
    await fetch("/api/generations", { method: "POST", headers: { "content-type": "application/json" }, body });
  });
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download everything" }).click();
  const file = await (await downloading).path();
  expect((await readFile(file)).subarray(0, 2).toString()).toBe("PK");
  await page
    .getByLabel("Bring pictures back")
    .setInputFiles({ name: "pictures.zip", mimeType: "application/zip", buffer: await readFile(file) });
  await expect(page.getByText("1 picture here already")).toBeVisible();
  await page
    .getByLabel("Bring pictures back")
    .setInputFiles({ name: "pictures.zip", mimeType: "application/zip", buffer: Buffer.from("junk") });
  await expect(page.getByText("This file is not a whole ZIP file of pictures that were taken along.")).toBeVisible();
  expect(page.url()).toBe(`${app}/account`);
});
