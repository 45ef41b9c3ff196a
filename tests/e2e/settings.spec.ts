import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { newUsername } from "../support/pictures.ts";
import { sendJson } from "../support/send-json.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";
import { withServer } from "../support/with-server.ts";

test("without OAUTH settings the app runs, and the page says which line to add", async ({ page, allowErrors }) => {
  allowErrors(/503/);
  await withServer({ environment: { OAUTH_CLIENT_ID: undefined, OAUTH_CLIENT_SECRET: undefined } }, async ({ origin }) => {
    await page.goto(origin);
    await expect(page.getByText("hf_oauth: true").first()).toBeVisible();
    await expect(page.getByText("OAUTH_CLIENT_ID").first()).toBeVisible();
    await expect(page.getByRole("link", { name: "Sign in with Hugging Face" })).toHaveCount(0);
    const answer = await page.goto(`${origin}/login`);
    expect(answer?.status()).toBe(503);
    await expect(page.getByText("Signing in is not set up on this Space yet.")).toBeVisible();
    expect((await page.request.get(`${origin}/api/health`)).status()).toBe(200);
    expect((await page.request.get(`${origin}/api/me`)).status()).toBe(401);
  });
});

test("when the provider is down, signing in says so and offers to try again", async ({ page, allowErrors }) => {
  allowErrors(/503/);
  await withServer({ environment: { OPENID_PROVIDER_URL: "http://localhost:9" } }, async ({ origin }) => {
    const answer = await page.goto(`${origin}/login?next=/account`);
    expect(answer?.status()).toBe(503);
    await expect(page.getByText("Hugging Face could not be reached.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Try again" })).toHaveAttribute("href", "/login?next=%2Faccount");
    expect(await page.context().cookies()).toEqual([]);
  });
});

test("a folder that holds other things is never written to, and making says that nothing can be kept", async () => {
  const foreign = await mkdtemp(path.join(tmpdir(), "keepsake-foreign-"));
  await writeFile(path.join(foreign, "something-else.txt"), "not ours");
  await withServer({ environment: { DATA_DIR: foreign } }, async ({ origin }) => {
    const person = await signInByHttp(origin, newUsername());
    expect((await person.request(`${origin}/api/ready`)).status).toBe(503);
    const making = await sendJson(person, "POST", `${origin}/api/generations`, { prompt: "a" });
    expect(making.status).toBe(503);
    expect(await making.json()).toMatchObject({ error: { code: "storage_unavailable" } });
    for (const page of ["/gallery", "/gallery/trash", "/account"]) expect((await person.request(origin + page)).status, page).toBe(200);
    expect(await (await person.request(`${origin}/gallery`)).text()).toContain("Storage is not answering.");
  });
  expect(await readdir(foreign)).toEqual(["something-else.txt"]);
  await rm(foreign, { recursive: true });
});

test("health answers while storage does not", async () => {
  const stuck = await mkdtemp(path.join(tmpdir(), "keepsake-stuck-"));
  // Opening a pipe that nobody writes to never returns: a mount that hangs.
  execFileSync("mkfifo", [path.join(stuck, "keepsake.json")]);
  await withServer({ environment: { DATA_DIR: stuck } }, async ({ origin }) => {
    expect((await fetch(`${origin}/api/health`)).status).toBe(200);
    expect((await fetch(origin)).status).toBe(200);
    expect((await fetch(`${origin}/api/me`)).status).toBe(401);
  });
  await rm(stuck, { recursive: true });
});

test("a cache folder that cannot be used is said, and signing in still works", async () => {
  await withServer({ environment: { CACHE_DIR: "/dev/null/cache" } }, async ({ origin }) => {
    const person = await signInByHttp(origin, newUsername());
    expect((await person.request(`${origin}/api/me`)).status).toBe(200);
    expect((await person.request(`${origin}/gallery`)).status).toBe(200);
    expect((await person.request(`${origin}/api/ready`)).status).toBe(503);
  });
});

test("every page carries the policy, also where an address only begins like a route", async () => {
  await withServer({}, async ({ origin }) => {
    for (const page of ["/nowhere", "/loginx", "/logoutx", "/auth/foo", "/wall/x/y", "/icon.svgx"]) {
      const response = await fetch(origin + page);
      expect(response.status, page).toBe(404);
      expect(response.headers.get("content-security-policy"), page).toContain("frame-ancestors 'self' https://huggingface.co");
      expect(response.headers.get("x-content-type-options"), page).toBe("nosniff");
    }
  });
});
