import sharp from "sharp";
import { newUsername } from "../support/pictures.ts";
import { expect, test } from "../support/test.ts";

test("the start page says what it is to search engines and to apps that show a preview", async ({ app, page }) => {
  await page.goto(app);
  const content = (selector: string, name = "content") => page.locator(`head ${selector}`).getAttribute(name);
  const name = await page.getByRole("banner").getByRole("link").first().textContent();
  expect((await page.title()).startsWith(`${name}: `)).toBe(true);
  const description = await content('meta[name="description"]');
  expect(description?.length).toBeGreaterThan(20);
  expect(await content('meta[property="og:title"]')).toBe(name);
  expect(await content('meta[property="og:description"]')).toBe(description);
  expect(await content('meta[property="og:url"]')).toBe(app);
  expect(await content('link[rel="canonical"]', "href")).toBe(app);
  expect(await content('meta[name="twitter:card"]')).toBe("summary_large_image");
  const card = await page.request.get((await content('meta[property="og:image"]')) ?? "");
  const { width, height } = await sharp(await card.body()).metadata();
  expect([width, height].map(String)).toEqual([
    await content('meta[property="og:image:width"]'),
    await content('meta[property="og:image:height"]'),
  ]);
  expect((await page.goto(`${app}/`))?.headers()["x-robots-tag"]).toBeUndefined();
});

test("in a window of 320 pixels, as at four times the size on a small screen, nothing has to be scrolled sideways", async ({
  app,
  page,
  signIn,
}) => {
  await page.setViewportSize({ width: 320, height: 568 });
  const expectNothingAside = async (state: string) => {
    const whole = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(whole, state).toBeLessThanOrEqual(320);
  };
  await page.goto(app);
  await expectNothingAside("the start page");
  await signIn(page, newUsername());
  for (const path of ["/gallery", "/gallery/trash", "/account"]) {
    await page.goto(app + path);
    await expectNothingAside(path);
  }
});

test("with the person's own few colours, what is chosen differs from what is not", async ({ app, openPage, signIn }) => {
  const page = await openPage({ forcedColors: "active" });
  await signIn(page, newUsername());
  await page.goto(`${app}/gallery`);
  await page.locator("summary").first().click();
  const outlines = await page
    .locator("form fieldset label:has(input[name=size])")
    .evaluateAll((labels) => labels.map((label) => [label.querySelector("input")?.checked, getComputedStyle(label).outlineStyle]));
  expect(outlines.length).toBeGreaterThan(1);
  for (const [checked, outline] of outlines) expect(outline).toBe(checked ? "solid" : "none");
});
