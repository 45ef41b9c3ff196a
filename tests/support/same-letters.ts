/** Whether this machine draws letters as the one did on which the screenshots were taken: fonts and browsers differ, and with them every line. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "@playwright/test";
import sharp from "sharp";

const tokens = path.resolve("app/tokens.css");

/** In the fonts of the pages. */
async function letters(): Promise<string> {
  const serif = /--serif: ([^;]+);/.exec(await readFile(tokens, "utf8"))?.[1];
  if (!serif) throw new Error(`${tokens} names no --serif`);
  const styles = ["16px system-ui, sans-serif", "500 14px system-ui, sans-serif", `28px ${serif}`];
  return styles.map((font) => `<p style='font: ${font}'>Handgloves 0123456789 → ü ß</p>`).join("");
}

/** Compares with the letters in a file; with `renew`, they are kept there instead. */
export async function drawsSameLetters(browser: Browser, file: string, { renew }: { renew: boolean }): Promise<boolean> {
  const page = await browser.newPage({ viewport: { width: 480, height: 160 } });
  try {
    await page.setContent(await letters());
    const drawn = await page.screenshot();
    if (renew) await writeFile(file, drawn);
    const [here, there] = await Promise.all([drawn, await readFile(file)].map((image) => sharp(image).raw().toBuffer()));
    return here !== undefined && there?.equals(here) === true;
  } finally {
    await page.close();
  }
}
