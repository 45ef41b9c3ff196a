/** Whether this machine draws letters as the one did on which the screenshots were taken: fonts and browsers differ, and with them every line. */
import { readFile, writeFile } from "node:fs/promises";
import type { Browser } from "@playwright/test";
import sharp from "sharp";

const letters = `<p style="font: 16px system-ui, sans-serif">Handgloves 0123456789 → ü ß</p>
  <p style="font: 28px serif">Handgloves 0123456789 → ü ß</p><p style="font: 500 14px system-ui, sans-serif">Handgloves</p>`;

/** Compares with the letters in a file; with `renew`, they are kept there instead. */
export async function drawsSameLetters(browser: Browser, file: string, { renew }: { renew: boolean }): Promise<boolean> {
  const page = await browser.newPage({ viewport: { width: 480, height: 160 } });
  try {
    await page.setContent(letters);
    const drawn = await page.screenshot();
    if (renew) await writeFile(file, drawn);
    const [here, there] = await Promise.all([drawn, await readFile(file)].map((image) => sharp(image).raw().toBuffer()));
    return here !== undefined && there?.equals(here) === true;
  } finally {
    await page.close();
  }
}
