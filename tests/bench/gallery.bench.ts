/** What a person with 100,000 pictures feels, in a browser: opening the gallery, scrolling, searching. */
import { type Browser, chromium, type Page } from "@playwright/test";
import { chromiumFlags, findChromium } from "../support/chromium.ts";
import { fillGallery } from "../support/gallery-of-many.ts";
import { longestTask } from "../support/longest-task.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import type { Figure, Measurement } from "./figure.ts";

const username = "bench";
/** No measurement waits longer than this for anything, in ms: what did not happen by then is said in its figure. */
const longEnough = 90_000;

export const measure: Measurement = async ({ origin, folder }): Promise<Figure[]> => {
  await fillGallery(await signInByHttp(origin, username), origin, folder, 100_000);
  const executablePath = findChromium();
  const browser = await chromium.launch({ args: [...chromiumFlags, "--js-flags=--expose-gc"], ...(executablePath && { executablePath }) });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(longEnough);
    await signIn(page, origin);
    const opened = await opening(page, origin);
    const idle = await frames(await emptyPage(browser), { pixels: 240, until: 0, most: 5000 });
    return [...opened, ...(await searching(browser, page, origin)), ...(await scrolling(browser, page, idle.longest))];
  } finally {
    await browser.close();
  }
};

async function signIn(page: Page, origin: string) {
  await page.goto(`${origin}/login?next=/gallery`);
  await page.getByRole("radio", { name: /Someone else/ }).check();
  await page.getByRole("textbox", { name: "User name" }).fill(username);
  await page.getByRole("button", { name: "Authorize" }).click();
  await page.getByRole("list", { name: "Your pictures" }).waitFor();
}

/** From the click on a link until every thumbnail that one sees is decoded and painted; the browser's cache is empty, the server is warm. */
async function opening(page: Page, origin: string): Promise<Figure[]> {
  const client = await page.context().newCDPSession(page);
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    await client.send("Network.clearBrowserCache");
    await page.goto(`${origin}/gallery`);
    times.push(
      await page.evaluate(async () => {
        const seen = [...document.querySelectorAll<HTMLImageElement>(".tile img:not([alt=''])")].filter(
          (image) => image.getBoundingClientRect().top < innerHeight,
        );
        // Those below the first few get their address from script.
        while (seen.some((image) => !image.src)) await new Promise(requestAnimationFrame);
        await Promise.all(seen.map((image) => image.decode()));
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        return performance.now();
      }),
    );
  }
  const [quickest = 0, middle = 0, slowest = 0] = times.sort((a, b) => a - b);
  const peer = `between ${quickest.toFixed(0)} and ${slowest.toFixed(0)} ms`;
  return [{ name: "gallery of 100,000: first screen painted", value: middle, unit: "ms", limit: 1000, peer }];
}

type Scroll = { pixels: number; until: number; most: number };
type Scrolled = { longest: number; over: number; count: number; nodes: number; reached: number };

/** Scrolls by so many pixels in every frame until the picture at a place is in the page, or for so long, in ms. */
function frames(page: Page, scroll: Scroll): Promise<Scrolled> {
  return page.evaluate(async ({ pixels, until, most }) => {
    const place = () =>
      Math.max(0, ...[...document.querySelectorAll("[data-place]")].map((tile) => Number(tile.getAttribute("data-place"))));
    const frame = () => new Promise<number>(requestAnimationFrame);
    const begun = await frame();
    const seen = { longest: 0, over: 0, count: 0, nodes: 0, reached: 0 };
    for (let last = begun; last - begun < most && (until === 0 || seen.reached < until); ) {
      scrollBy(0, pixels);
      const now = await frame();
      seen.count += 1;
      seen.longest = Math.max(seen.longest, now - last);
      if (now - last > 50) seen.over += 1;
      last = now;
      if (seen.count % 10 > 0) continue;
      seen.nodes = Math.max(seen.nodes, document.getElementsByTagName("*").length);
      seen.reached = place();
    }
    return seen;
  }, scroll);
}

/** Nothing but height: what the machine itself does to frames while others work on it. */
async function emptyPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.setContent(`<div style="height: 9999999px"></div>`);
  return page;
}

/** Slowly first, so that thumbnails are fetched and drawn meanwhile; then with a flick of the thumb, past what nobody looks at. */
async function scrolling(browser: Browser, page: Page, idle: number): Promise<Figure[]> {
  const heap = () =>
    page.evaluate(() => {
      (globalThis as { gc?: () => void }).gc?.();
      return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1e6;
    });
  const slow = await frames(page, { pixels: 60, until: 1000, most: longEnough });
  const [work, quick] = await longestTask(browser, page, () => frames(page, { pixels: 240, until: 5000, most: longEnough }));
  const early = await heap();
  const far = await frames(page, { pixels: 1200, until: 20_000, most: 2 * longEnough });
  const said = ({ over, count }: Scrolled) => `${over} of ${count} frames over 50 ms; on an empty page ${idle.toFixed(0)} ms at most`;
  return [
    { name: `scrolling slowly through ${slow.reached}: longest frame`, value: slow.longest, unit: "ms", limit: 50, peer: said(slow) },
    { name: `scrolling on through ${quick.reached}: longest frame`, value: quick.longest, unit: "ms", limit: 50, peer: said(quick) },
    { name: "the same: longest task, in its own time", value: work, unit: "ms", limit: 50 },
    { name: "elements in the page, at most", value: Math.max(slow.nodes, quick.nodes, far.nodes), unit: "nodes", limit: 3000 },
    { name: `heap after ${quick.reached}`, value: early, unit: "MB" },
    { name: `heap after ${far.reached}`, value: await heap(), unit: "MB", limit: 50 },
  ];
}

/** From each key press until the count of what it leaves is painted, in a gallery that has come: nobody types before they see it. */
async function searching(browser: Browser, page: Page, origin: string): Promise<Figure[]> {
  await page.goto(`${origin}/gallery`, { waitUntil: "networkidle" });
  await page.getByRole("searchbox").focus();
  const [work, times] = await longestTask(browser, page, () =>
    keyPresses(page, ["m", "o", "o", "r", "Backspace", "s", "Backspace", "Backspace"]),
  );
  const sorted = times.toSorted((a, b) => a - b);
  return [
    { name: "search, key press to paint: median", value: sorted[sorted.length >> 1] ?? Number.NaN, unit: "ms", limit: 100 },
    { name: "search, key press to paint: slowest", value: sorted.at(-1) ?? Number.NaN, unit: "ms", limit: 100 },
    { name: "the same: longest task, in its own time", value: work, unit: "ms", limit: 50 },
  ];
}

/** The time of each, in ms. */
async function keyPresses(page: Page, keys: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const key of keys) {
    await page.evaluate(() => {
      const status = document.querySelector("search [role=status]");
      if (!status) throw new Error("the page has no count");
      const timing = window as unknown as { painted: Promise<number> };
      timing.painted = new Promise((resolve) => {
        let pressed = 0;
        addEventListener("keydown", (event) => (pressed = event.timeStamp), { once: true, capture: true });
        const observer = new MutationObserver(() => {
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)));
        });
        observer.observe(status, { childList: true, characterData: true, subtree: true });
      });
    });
    await page.keyboard.press(key);
    times.push(
      await page.evaluate(async (most) => {
        const { painted } = window as unknown as { painted: Promise<number> };
        return Promise.race([painted, new Promise<number>((resolve) => setTimeout(resolve, most, most))]);
      }, 5000),
    );
    await page.waitForTimeout(150);
  }
  return times;
}
