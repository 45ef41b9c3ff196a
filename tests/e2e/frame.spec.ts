/**
 * Signing in inside the frame on huggingface.co, in a real browser that blocks third-party cookies. C01–C14 are the cases of our list
 * for the handoff; those that need no browser are in handoff.spec.ts:
 * C01 C07 C08 C09 C10 C12 here; C02 C03 C04 C05 C06 C08 C09 C11 C13 C14 there.
 */
import type { BrowserContext, FrameLocator, Page } from "@playwright/test";
import { authorize } from "../support/authorize.ts";
import { canSetPolicy, type Embedding, spacePage, startEmbedding, type ThirdPartyCookies } from "../support/embedding.ts";
import { onlyWhere } from "../support/only-where.ts";
import { newUsername } from "../support/pictures.ts";
import { type Space, spaceOrigin, startSpace } from "../support/space.ts";
import { expect, test } from "../support/test.ts";
import { untilAlive } from "../support/until-alive.ts";

test.describe.configure({ mode: "default" });

let space: Space;
let embedding: Embedding;
let browser: BrowserContext | undefined;
const lines: string[] = [];

test.beforeAll(async () => {
  space = await startSpace({ onLine: (line) => lines.push(line) });
  embedding = await startEmbedding(space.port);
});
test.afterEach(async () => {
  await browser?.close();
  Object.assign(embedding.behaviour, { dropPartitioned: false, dropFetchMetadata: false, blockPopups: false });
});
test.afterAll(async () => {
  await embedding?.close();
  await space?.close();
});

async function launch(cookies: ThirdPartyCookies, options?: { javaScriptEnabled?: boolean }): Promise<BrowserContext> {
  browser = await embedding.launch(cookies, options);
  browser.setDefaultTimeout(15_000);
  return browser;
}

async function openSpacePage(context: BrowserContext): Promise<{ hub: Page; frame: FrameLocator }> {
  const hub = await context.newPage();
  await hub.goto(spacePage);
  return { hub, frame: hub.frameLocator("iframe") };
}

function skipWithoutPolicy(cookies: ThirdPartyCookies): void {
  // The other two ways of blocking always run.
  onlyWhere(cookies !== "blocked by policy" || canSetPolicy(), "only root can set a policy for a browser of Debian's");
}

/** The form only: the link has the same name while the page is not alive yet. */
const badge = (frame: FrameLocator) => frame.getByRole("button", { name: "Sign in with Hugging Face (opens a new tab)" });

async function pressBadge(context: BrowserContext, frame: FrameLocator): Promise<Page> {
  const [tab] = await Promise.all([context.waitForEvent("page"), badge(frame).click()]);
  return tab;
}

async function signInInFrame(context: BrowserContext, username: string): Promise<{ hub: Page; frame: FrameLocator; tab: Page }> {
  const { hub, frame } = await openSpacePage(context);
  const tab = await pressBadge(context, frame);
  await authorize(tab, username);
  await expect(tab.getByRole("heading", { name: `Signed in as @${username}.` })).toBeVisible();
  await hub.bringToFront();
  await expect(frame.getByText(`@${username}`, { exact: true })).toBeVisible();
  await untilAlive(frameOf(hub));
  return { hub, frame, tab };
}

const whoIs = (page: Page | ReturnType<Page["frames"]>[number]) =>
  page.evaluate(async () => ((await (await fetch("/api/me")).json()) as { username?: string }).username ?? null);

const frameOf = (hub: Page) => {
  const frame = hub.frame({ name: "space" });
  if (!frame) throw new Error("the page has no frame");
  return frame;
};

for (const cookies of ["blocked by flag", "blocked by preference", "blocked by policy", "allowed"] as const) {
  test(`the browser is what it should be: third-party cookies ${cookies}`, async () => {
    skipWithoutPolicy(cookies);
    const context = await launch(cookies);
    const hub = await context.newPage();
    await hub.goto("https://huggingface.co/probe");
    // The page itself made `done`; the compiler does not know it.
    const ask = "done" as unknown as () => { cookies: string; storage: string };
    const seen = await frameOf(hub).evaluate(ask);
    expect(seen.cookies.split("; ").sort()).toEqual(cookies === "allowed" ? ["partitioned=1", "plain=1"] : ["partitioned=1"]);
    const tab = await context.newPage();
    await tab.goto("https://probe.hf.space/cookies");
    expect(await tab.evaluate(() => localStorage.getItem("written-in"))).toBeNull();
    await Promise.all([context.waitForEvent("page"), hub.frameLocator("iframe").getByRole("button", { name: "Open" }).click()]);
    expect(await frameOf(hub).title()).toBe("true");
  });

  test(`C01, C10: signing in inside the frame, third-party cookies ${cookies}`, async () => {
    skipWithoutPolicy(cookies);
    const context = await launch(cookies);
    const username = newUsername();
    const { hub, frame, tab } = await signInInFrame(context, username);
    await expect(tab.getByText("You can close this tab.")).toBeVisible();
    await expect(frame.getByRole("button", { name: "not you?" })).toBeVisible();
    expect(frameOf(hub).url()).toBe(`${spaceOrigin}/gallery`);
    expect(await whoIs(frameOf(hub))).toBe(username);

    // The session survives a reload of the frame and of the page around it.
    const reloaded = hub.waitForEvent("framenavigated", (frame) => frame.name() === "space");
    await Promise.all([reloaded, frameOf(hub).evaluate(() => window.location.reload())]);
    await expect(frame.getByText(`@${username}`, { exact: true })).toBeVisible();
    await hub.reload();
    await expect(frame.getByRole("link", { name: "Open your gallery" })).toBeVisible();
    // It belongs to the frame under huggingface.co alone: without the tab's own, a tab is signed out.
    const kept = (await context.cookies(spaceOrigin)).filter(({ name }) => name.startsWith("__Host-keepsake-"));
    expect(kept.map(({ name, partitionKey }) => [name, partitionKey]).sort()).toEqual([
      ["__Host-keepsake-frame", "https://huggingface.co"],
      ["__Host-keepsake-session", undefined],
    ]);
    await tab.getByRole("link", { name: "Continue here" }).click();
    await expect(tab).toHaveURL(`${spaceOrigin}/gallery`);
    await context.clearCookies({ name: "__Host-keepsake-session" });
    expect(await whoIs(tab)).toBeNull();
    expect(await whoIs(frameOf(hub))).toBe(username);
  });
}

test("C09: signing out in the frame ends the frame's session for good, and not the tab's", async () => {
  const context = await launch("blocked by flag");
  const username = newUsername();
  const { hub, frame, tab } = await signInInFrame(context, username);
  const cookie = (await context.cookies(spaceOrigin)).find(({ name }) => name === "__Host-keepsake-frame");
  await frame.getByRole("button", { name: "not you?" }).click();
  await expect(badge(frame)).toBeVisible();
  expect((await context.cookies(spaceOrigin)).map(({ name }) => name)).not.toContain("__Host-keepsake-frame");
  const replay = await space.client().request(`${spaceOrigin}/api/me`, {
    headers: { cookie: `${cookie?.name}=${cookie?.value}`, "sec-fetch-site": "same-origin", "sec-fetch-dest": "empty" },
  });
  expect(replay.status).toBe(401);
  expect(await whoIs(tab)).toBe(username);

  // Signed in in the tab already: the frame asks there.
  const second = await pressBadge(context, frame);
  await expect(second.getByRole("heading", { name: `Continue as @${username} in the embedded page?` })).toBeVisible();
  await hub.bringToFront();
  await expect(frame.getByText("Finish signing in in the new tab.")).toBeVisible();
  expect(await whoIs(frameOf(hub))).toBeNull();
  await second.bringToFront();
  await second.getByRole("button", { name: `Continue as @${username}` }).click();
  await expect(second.getByText("You can close this tab.")).toBeVisible();
  await hub.bringToFront();
  await expect(frame.getByText(`@${username}`, { exact: true })).toBeVisible();
});

test("C08: another account in the frame: nothing is mixed", async () => {
  const context = await launch("blocked by flag");
  const [first, second] = [newUsername(), newUsername()];
  const earlier = await context.newPage();
  await earlier.goto(`${spaceOrigin}/login?next=/account`);
  await authorize(earlier, first);
  await expect(earlier).toHaveURL(`${spaceOrigin}/account`);
  const { hub, frame } = await openSpacePage(context);
  const tab = await pressBadge(context, frame);
  await tab.getByRole("link", { name: "Use another account" }).click();
  await authorize(tab, second);
  await expect(tab.getByRole("heading", { name: `Signed in as @${second}.` })).toBeVisible();
  await hub.bringToFront();
  await expect(frame.getByText(`@${second}`, { exact: true })).toBeVisible();
  expect([await whoIs(frameOf(hub)), await whoIs(tab)]).toEqual([second, second]);
});

test("C07, C10: nobody else can put the app into a frame, and under another site no session is sent along", async () => {
  const context = await launch("allowed");
  await signInInFrame(context, newUsername());
  const before = embedding.seen.length;
  for (const address of ["https://evil.hf.space/", "https://evil.hf.space/wall/x", "https://huggingface.co/evil"]) {
    const page = await context.newPage();
    const refused = page.waitForEvent("console", (message) => /frame-ancestors/.test(message.text()));
    await page.goto(address);
    await refused;
    const inner = page.frames().at(-1);
    expect(inner?.url()).toBe("chrome-error://chromewebdata/");
  }
  const asked = embedding.seen.slice(before).filter(({ destination }) => destination === "iframe");
  // Below huggingface.co a browser cannot tell one frame from another: there the policy alone refuses, and nothing is shown.
  expect(asked.map(({ path, cookies }) => [path, cookies])).toEqual([
    ["/", []],
    ["/wall/x", []],
    ["/", ["__Host-keepsake-frame"]],
  ]);
});

test("C01: a browser that keeps no partitioned cookie, or does not say what it fetches for, goes on in the tab", async () => {
  const context = await launch("blocked by flag");
  embedding.behaviour.dropPartitioned = true;
  const { hub, frame } = await openSpacePage(context);
  const tab = await pressBadge(context, frame);
  const username = newUsername();
  await authorize(tab, username);
  await expect(tab.getByText("You can close this tab.")).toBeVisible();
  await hub.bringToFront();
  await expect(frame.getByText("This browser keeps no sign-in for embedded pages.")).toBeVisible();
  const [opened] = await Promise.all([context.waitForEvent("page"), frame.getByRole("link", { name: "Open in a new tab" }).click()]);
  await expect(opened).toHaveURL(`${spaceOrigin}/gallery`);

  Object.assign(embedding.behaviour, { dropPartitioned: false, dropFetchMetadata: true });
  await context.clearCookies();
  await hub.reload();
  const plain = await pressBadge(context, frame);
  await authorize(plain, username);
  await expect(plain).toHaveURL(`${spaceOrigin}/gallery`);
});

test("C12: without scripts the badge is a link, and signing in works in the tab", async () => {
  const context = await launch("blocked by flag", { javaScriptEnabled: false });
  const { frame } = await openSpacePage(context);
  for (const name of ["Sign in with Hugging Face", "Open in a new tab"]) {
    const [tab] = await Promise.all([context.waitForEvent("page"), frame.getByRole("link", { name }).click()]);
    await authorize(tab, newUsername());
    await expect(tab).toHaveURL(`${spaceOrigin}/gallery`);
    await context.clearCookies();
  }
});

test("C12: where no tab may be opened, the frame says that nothing arrived, and offers the way out", async () => {
  const context = await launch("blocked by flag");
  embedding.behaviour.blockPopups = true;
  const { frame } = await openSpacePage(context);
  await badge(frame).click();
  await expect(frame.getByText("This sign-in did not arrive here. Start it again, or open a new tab.")).toBeVisible();
  expect(context.pages()).toHaveLength(2);
  await expect(frame.getByRole("link", { name: "Open in a new tab" })).toHaveAttribute("href", "/login?next=%2Fgallery");
  await expect(badge(frame)).toBeEnabled();
});

test("the pass to a private Space goes with the tab that the frame opens, and nowhere else", async () => {
  const context = await launch("blocked by flag");
  const pass = `pass-${newUsername()}`;
  const before = lines.length;
  const hub = await context.newPage();
  const addresses: string[] = [];
  context.on("request", (request) => void addresses.push(request.url()));
  await hub.goto(`${spacePage}?__sign=${pass}`);
  const frame = hub.frameLocator("iframe");
  const tab = await pressBadge(context, frame);
  const username = newUsername();
  await authorize(tab, username);
  await expect(tab.getByText("You can close this tab.")).toBeVisible();
  await hub.bringToFront();
  await expect(frame.getByText(`@${username}`, { exact: true })).toBeVisible();
  const carrying = addresses.filter((address) => address.includes(pass)).map((address) => new URL(address));
  expect(carrying.map(({ host, pathname }) => `${host}${pathname}`)).toEqual([
    "huggingface.co/spaces/person/keepsake",
    "person-keepsake.hf.space/",
    "person-keepsake.hf.space/login",
  ]);
  expect(JSON.stringify(await context.storageState())).not.toContain(pass);
  // They come through a pipe, some after what they tell of.
  const written = () => lines.slice(before).join("\n");
  await expect.poll(written).toContain("POST /login");
  await expect.poll(written).toContain("GET /gallery");
  const secrets = [pass, ...(await context.cookies(spaceOrigin)).map(({ value }) => value)];
  expect(secrets.filter((secret) => written().includes(secret))).toEqual([]);
});

test("what needs one more permission is allowed in a tab, and the frame goes on with it and with what was written", async () => {
  const context = await launch("blocked by flag");
  const username = newUsername();
  const { hub, frame } = await signInInFrame(context, username);
  await frame.getByText("Hugging Face models", { exact: true }).click();
  await frame.getByRole("textbox", { name: "Prompt" }).fill("a lighthouse of paper");
  const [tab] = await Promise.all([context.waitForEvent("page"), frame.getByRole("button", { name: "Allow it" }).click()]);
  await expect(tab.getByText("Run models")).toBeVisible();
  await authorize(tab, username);
  await expect(tab.getByText("You can close this tab.")).toBeVisible();
  await hub.bringToFront();
  await expect(frame.getByRole("button", { name: "Allow it" })).toHaveCount(0);
  await expect(frame.getByRole("textbox", { name: "Prompt" })).toHaveValue("a lighthouse of paper");
  const scopes = await frameOf(hub).evaluate(async () => ((await (await fetch("/api/me")).json()) as { scopes: string[] }).scopes);
  expect(scopes).toContain("inference-api");
});
