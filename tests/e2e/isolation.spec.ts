import type { HttpClient } from "../support/http-client.ts";
import { makePicture, newUsername } from "../support/pictures.ts";
import { addressOf, methods, routes } from "../support/routes.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

const missingId = "0190c8a4-0000-7000-8000-000000000000";
const owned = Object.entries(routes).flatMap(([pattern, { owned, kind }]) => (owned && kind !== "page" ? [pattern] : []));
/** Every address of one picture that the table of routes knows, with what may be asked of it. */
const addressesOf = (id: string) =>
  owned.map((pattern) => addressOf(pattern, id)).flatMap((address) => [address, `${address}?permanent=true`, `${address}?width=640`]);

/** Everything of an answer that a caller can see, except the time and the request's random name. */
async function seen(client: HttpClient, app: string, method: string, path: string, headers: Record<string, string> = {}) {
  const body = method === "PATCH" ? JSON.stringify({ favorite: true, owner: "somebody" }) : null;
  const response = await client.request(app + path, {
    method,
    body,
    headers: { origin: app, "content-type": "application/json", ...headers },
  });
  const { date: _date, "x-request-id": _id, ...rest } = Object.fromEntries(response.headers);
  return { status: response.status, headers: rest, body: await response.text() };
}

test("someone else's picture answers byte for byte like one that does not exist, on every route and method", async ({ app }) => {
  const [ada, eve] = await Promise.all([signInByHttp(app, newUsername()), signInByHttp(app, newUsername())]);
  const { id } = await makePicture(ada, app);
  for (const method of methods) {
    for (const [index, path] of addressesOf(id).entries()) {
      const foreign = await seen(eve, app, method, path);
      expect(foreign, `${method} ${path}`).toEqual(await seen(eve, app, method, addressesOf(missingId)[index] ?? ""));
      expect(foreign.status, `${method} ${path}`).not.toBe(200);
    }
  }
  const etag = (await ada.request(`${app}/api/generations/${id}/image`)).headers.get("etag") ?? "";
  expect((await seen(eve, app, "GET", `/api/generations/${id}/image`, { "if-none-match": etag })).status).toBe(404);
  expect((await seen(eve, app, "GET", `/api/generations/${id}/image`, { range: "bytes=0-1" })).status).toBe(404);

  const page = await eve.request(`${app}/gallery/${id}`);
  expect(page.status).toBe(404);
  expect(await page.text()).not.toContain("isolation");
  const list = (await (await eve.request(`${app}/api/generations?limit=200`)).json()) as { items: unknown[]; total: number };
  expect(list).toMatchObject({ items: [], total: 0 });
  // Untouched by all of that.
  expect(await (await ada.request(`${app}/api/generations/${id}`)).json()).toMatchObject({ id, favorite: false, trashedAt: null });
});

test("signed out, nothing of a picture is to be had", async ({ app }) => {
  const ada = await signInByHttp(app, newUsername());
  const { id } = await makePicture(ada, app);
  for (const path of [...addressesOf(id), "/api/generations", "/api/me"]) {
    const response = await fetch(app + path);
    expect(response.status, path).toBe(401);
    expect(await response.json(), path).toMatchObject({ error: { code: "signed_out" } });
  }
  for (const path of ["/gallery", `/gallery/${id}`, "/gallery/trash", "/account"]) {
    const response = await fetch(app + path, { redirect: "manual" });
    expect(response.status, path).toBe(307);
    expect(response.headers.get("location"), path).toBe(`/login?next=${encodeURIComponent(path)}`);
  }
});

test("a cursor of one person is of no use to another", async ({ app }) => {
  const [ada, eve] = await Promise.all([signInByHttp(app, newUsername()), signInByHttp(app, newUsername())]);
  await makePicture(ada, app);
  await makePicture(ada, app);
  const { nextCursor } = (await (await ada.request(`${app}/api/generations?limit=1`)).json()) as { nextCursor: string };
  const response = await eve.request(`${app}/api/generations?cursor=${encodeURIComponent(nextCursor)}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: "cursor_invalid" } });
});
