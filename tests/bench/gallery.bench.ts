/** What a person with 100,000 pictures feels, in a browser: opening the gallery, scrolling, searching. Thumbnails are one small picture. */
import { chromium, type Page } from "@playwright/test";
import sharp from "sharp";
import { chromiumFlags, findChromium } from "../support/chromium.ts";
import { fillGallery } from "../support/gallery-of-many.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import type { Figure, Measurement } from "./figure.ts";

const username = "bench";

export const measure: Measurement = async ({ origin, folder }): Promise<Figure[]> => {
  await fillGallery(await signInByHttp(origin, username), origin, folder, 100_000);
  const executablePath = findChromium();
  const browser = await chromium.launch({ args: [...chromiumFlags, "--js-flags=--expose-gc"], ...(executablePath && { executablePath }) });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const thumbnail = await sharp({ create: { width: 640, height: 640, channels: 3, background: "#b98" } })
      .webp()
      .toBuffer();
    await page.route("**/api/generations/*/image*", (route) => route.fulfill({ body: thumbnail, contentType: "image/webp" }));
    await signIn(page, origin);
    return [...(await opening(page, origin)), ...(await scrolling(page)), ...(await searching(page))];
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

async function opening(page: Page, origin: string): Promise<Figure[]> {
  await page.goto(`${origin}/gallery`);
  const value = await page.evaluate(async () => {
    const seen = [...document.querySelectorAll<HTMLImageElement>(".tile img[src*='image']")].filter(
      (image) => image.getBoundingClientRect().top < innerHeight,
    );
    await Promise.all(seen.map((image) => image.decode()));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return performance.now();
  });
  return [{ name: "gallery of 100,000: first screen painted", value, unit: "ms", limit: 1000 }];
}

/** A machine that draws slowly gets no further than this allows, in ms; the figures say how far. */
const longEnough = 60_000;

async function scrolling(page: Page): Promise<Figure[]> {
  const to = (least: number, step: number) =>
    page.evaluate(
      async ([wanted, pixels, most]) => {
        const place = () =>
          Math.max(0, ...[...document.querySelectorAll("[data-place]")].map((tile) => Number(tile.getAttribute("data-place"))));
        const begun = performance.now();
        let [longest, nodes, last] = [0, 0, begun];
        while (place() < wanted && last - begun < most) {
          scrollBy(0, pixels);
          const now = await new Promise<number>(requestAnimationFrame);
          longest = Math.max(longest, now - last);
          last = now;
          nodes = Math.max(nodes, document.getElementsByTagName("*").length);
        }
        return { longest, nodes, reached: place() };
      },
      [least, step, longEnough] as const,
    );
  const heap = () =>
    page.evaluate(() => {
      (globalThis as { gc?: () => void }).gc?.();
      return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1e6;
    });
  const { longest, nodes, reached } = await to(5000, 240);
  const early = await heap();
  const far = await to(20_000, 2400);
  return [
    { name: `scrolling through ${reached}: longest frame`, value: longest, unit: "ms", limit: 50 },
    { name: `scrolling through ${reached}: most elements`, value: nodes, unit: "nodes", limit: 3000 },
    { name: `heap after ${reached}`, value: early, unit: "MB" },
    { name: `heap after ${far.reached}`, value: await heap(), unit: "MB", limit: 100 },
  ];
}

async function searching(page: Page): Promise<Figure[]> {
  await page.evaluate(() => scrollTo(0, 0));
  const field = page.getByRole("searchbox");
  const times: number[] = [];
  for (const letter of "neon") {
    await field.focus();
    const painted = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let pressed = 0;
          addEventListener("keydown", () => (pressed = performance.now()), { once: true, capture: true });
          const status = document.querySelector("search [role=status]");
          const observer = new MutationObserver(() => {
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)));
          });
          if (status) observer.observe(status, { childList: true, characterData: true, subtree: true });
        }),
    );
    await page.keyboard.press(letter);
    // The count stays when every match of two letters is one of three.
    const time = await Promise.race([painted, new Promise<null>((resolve) => setTimeout(resolve, 1000, null))]);
    if (time !== null) times.push(time);
  }
  return [{ name: "search, key press to paint: slowest", value: Math.max(...times), unit: "ms", limit: 100 }];
}
