import { createHttpClient } from "../support/http-client.ts";
import { newUsername } from "../support/pictures.ts";
import { answerConsent, signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

test("the badge opens a tab, asks for consent, and leads to the gallery", async ({ app, page, context }) => {
  await page.goto(app);
  const badge = page.getByRole("link", { name: "Sign in with Hugging Face" }).first();
  await expect(badge).toHaveAttribute("target", "_blank");
  const [tab] = await Promise.all([context.waitForEvent("page"), badge.click()]);
  await tab.getByRole("radio", { name: /grace/i }).check();
  await tab.getByRole("button", { name: "Authorize" }).click();
  await expect(tab).toHaveURL(`${app}/gallery`);
  await page.reload();
  await expect(page.getByRole("link", { name: "Open your gallery" })).toBeVisible();

  const me = await page.evaluate(async () => (await fetch("/api/me")).json());
  expect(Object.keys(me).sort()).toEqual(["avatarUrl", "expiresAt", "id", "isPro", "name", "organizations", "scopes", "username"]);
  expect(me).toMatchObject({ username: "grace", isPro: true });
  expect(me.organizations).toHaveLength(2);
});

test("a session that ended is said where one is, with the way to sign in again; what was typed is kept", async ({
  page,
  context,
  signIn,
  allowErrors,
}) => {
  allowErrors(/401/);
  const username = newUsername();
  await signIn(page, username);
  const prompt = page.getByRole("textbox", { name: "Prompt" });
  await prompt.fill("a lighthouse of paper");
  await context.clearCookies({ name: "keepsake-session" });
  await page.getByRole("button", { name: "Make", exact: true }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: "You are signed out. Sign in to go on; what you wrote is still here." }),
  ).toBeVisible();
  const [tab] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: "Sign in again" }).click()]);
  await signIn(tab, username, { started: true });
  await expect(tab.getByRole("textbox", { name: "Prompt" })).toHaveValue("a lighthouse of paper");
  await tab.close();
  await expect(prompt).toHaveValue("a lighthouse of paper");
  await page.getByRole("button", { name: "Make", exact: true }).click();
  await expect(page.getByRole("list", { name: "Your pictures" }).getByRole("listitem")).toHaveCount(1);
});

test("declining leads back to the start page with a notice", async ({ app, page }) => {
  await page.goto(`${app}/login?next=/gallery`);
  await page.getByRole("button", { name: "Deny" }).click();
  await expect(page).toHaveURL(/\/\?notice=declined$/);
  await expect(page.getByText("You chose not to sign in. Nothing was shared.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Sign in with Hugging Face" }).first()).toBeVisible();
});

test("signed out, a page of the gallery leads through signing in and back to itself", async ({ app, page, signIn }) => {
  await page.goto(`${app}/account`);
  await signIn(page, newUsername(), { started: true });
  await expect(page).toHaveURL(`${app}/account`);
});

test("signing out ends the session", async ({ app, page, signIn }) => {
  const username = newUsername();
  await signIn(page, username);
  await page.getByRole("button", { name: username }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(`${app}/`);
  await page.goto(`${app}/gallery`);
  await expect(page).not.toHaveURL(new RegExp(`^${app}/gallery`));
});

test("the next person in the same browser sees their own picture", async ({ app, page, signIn }) => {
  const pictures: string[] = [];
  for (const username of ["ada", "grace"]) {
    await signIn(page, username);
    pictures.push(await page.evaluate(async () => (await fetch("/api/me/avatar")).headers.get("etag") ?? ""));
    await page.getByRole("button", { name: /Ada|Grace/ }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${app}/`);
  }
  expect(pictures[0]).toMatch(/^"[0-9a-f]{64}"$/);
  expect(pictures[1]).not.toBe(pictures[0]);
});

test("A39: two tabs that sign in at once both end signed in", async ({ app }) => {
  const browser = createHttpClient(app);
  const first = await browser.visit(`${app}/login?next=/account`);
  const second = await browser.visit(`${app}/login?next=/gallery`);
  for (const [tab, place] of [
    [first, "/account"],
    [second, "/gallery"],
  ] as const) {
    const end = await answerConsent(browser, tab.address, { username: "two-tabs" });
    expect(end.address).toBe(app + place);
    expect(end.response.status).toBe(200);
  }
});

test("the session is one encrypted cookie that scripts cannot read, and the token is nowhere in what the browser gets", async ({ app }) => {
  const person = await signInByHttp(app, newUsername());
  const sessions = person.cookies().filter(({ name }) => name.startsWith("keepsake-"));
  expect(sessions.map(({ name }) => name)).toEqual(["keepsake-session"]);
  for (const path of ["/", "/gallery", "/account", "/api/me", "/api/generations"]) {
    const response = await person.request(app + path);
    expect(response.status, path).toBe(200);
    expect(await response.text(), path).not.toMatch(/hf_oauth_|accessToken/);
  }
});

test("A38: looking ahead starts nothing", async ({ app }) => {
  for (const header of ["sec-purpose", "purpose", "next-router-prefetch", "rsc"]) {
    const response = await fetch(`${app}/login`, { headers: { [header]: "prefetch" }, redirect: "manual" });
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()).toEqual([]);
  }
});

test("A37: nothing of the link reaches the provider but what is meant to", async ({ app }) => {
  const link = `${app}/login?next=/gallery&scope=manage-repos&redirect_uri=https://evil.example&client_id=evil&state=x&prompt=consent&orgIds=${"a".repeat(24)}`;
  const response = await fetch(link, { redirect: "manual" });
  expect(response.status).toBe(303);
  const authorization = new URL(response.headers.get("location") ?? "").searchParams;
  expect(authorization.get("redirect_uri")).toBe(`${app}/api/auth/callback/huggingface`);
  expect(authorization.get("scope")).not.toContain("manage-repos");
  expect(authorization.get("client_id")).not.toBe("evil");
  expect(authorization.get("code_challenge_method")).toBe("S256");
  expect(authorization.get("nonce")).toMatch(/.{20}/);
  expect(authorization.get("state")).toMatch(/.{20}/);
  expect([authorization.get("prompt"), authorization.get("orgIds")]).toEqual(["consent", "a".repeat(24)]);
});

test("where to go afterwards is never another site", async ({ app }) => {
  for (const next of [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/login",
    "/api/me",
  ]) {
    const browser = createHttpClient(app);
    const { address } = await browser.visit(`${app}/login?next=${encodeURIComponent(next)}`);
    const end = await answerConsent(browser, address, { username: "nowhere-else" });
    expect(end.address, next).toBe(`${app}/gallery`);
  }
});

test("an answer that belongs to no sign-in starts one again, once, and then says so", async ({ app }) => {
  const browser = createHttpClient(app);
  const callback = `${app}/api/auth/callback/huggingface?code=stolen&state=forged`;
  const first = await browser.request(callback);
  expect(first.status).toBe(303);
  expect(first.headers.get("location")).toBe(`${app}/login?next=%2Fgallery`);
  const second = await browser.request(callback);
  expect(second.status).toBe(400);
  expect(await second.text()).toContain("Start it again");
  expect((await browser.request(`${app}/api/me`)).status).toBe(401);
});

test("a callback that makes no sense is refused, and costs a sign-in under way nothing", async ({ app }) => {
  const browser = createHttpClient(app);
  const { address } = await browser.visit(`${app}/login?next=/account`);
  const callback = `${app}/api/auth/callback/huggingface`;
  for (const query of ["code=a&code=b&state=x", "state=x&state=y", "id_token=x", "access_token=x", "response=x"]) {
    const response = await browser.request(`${callback}?${query}`);
    expect(response.status, query).toBe(400);
    expect(response.headers.getSetCookie(), query).toEqual([]);
  }
  const html = await (await browser.request(`${callback}?error=access_denied&error_description=<script>alert(1)</script>`)).text();
  expect(html).not.toContain("<script>");
  expect((await browser.request(callback, { method: "POST", headers: { origin: app } })).status).toBe(405);
  const end = await answerConsent(browser, address, { username: "undisturbed" });
  expect(end.address).toBe(`${app}/account`);
});

test("a callback used twice leaves the session as it was", async ({ app }) => {
  const browser = createHttpClient(app);
  const { address } = await browser.visit(`${app}/login?next=/account`);
  const form = new URLSearchParams({ person: "", username: "used-twice", decision: "authorize" });
  let callback = (await browser.request(address, { method: "POST", body: form })).headers.get("location") ?? "";
  while (!callback.startsWith(app)) callback = new URL((await browser.request(callback)).headers.get("location") ?? "", callback).href;
  expect((await browser.request(callback)).headers.get("location")).toBe(`${app}/account`);
  const again = await browser.request(callback);
  expect(again.status).toBe(303);
  expect(again.headers.get("location")).toBe(`${app}/gallery`);
  expect((await browser.request(`${app}/api/me`)).status).toBe(200);
});

test("A19, A38, A43: only the routes of signing in that are used exist", async ({ app }) => {
  for (const path of [
    "session",
    "csrf",
    "providers",
    "signin",
    "signin/huggingface",
    "signout",
    "error",
    "verify-request",
    "_log",
    "callback/other",
  ]) {
    for (const method of ["GET", "POST"]) {
      expect((await fetch(`${app}/api/auth/${path}`, { method })).status, `${method} ${path}`).toBe(404);
    }
  }
});

test("signing out needs our own page", async ({ app }) => {
  const person = await signInByHttp(app, newUsername());
  const strangers: Record<string, string>[] = [{}, { origin: "https://evil.example" }, { origin: app, "sec-fetch-site": "cross-site" }];
  for (const headers of strangers) {
    expect((await person.request(`${app}/logout`, { method: "POST", headers })).status).toBe(403);
  }
  expect((await person.request(`${app}/logout`)).status).toBe(405);
  expect((await person.request(`${app}/api/me`)).status).toBe(200);
});
