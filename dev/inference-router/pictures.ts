/** What the stand-in sends as pictures: drawn by the embedded engine, and marked by nothing, as those of models are. */
import sharp from "sharp";
import { type Picture, renderPicture } from "../../lib/generators/embedded/render.ts";

export type Wanted = { prompt: string; width: number; height: number; seed: number };

/** Whole pictures are drawn at a quarter of their size and enlarged: nobody waits for their beauty. */
export async function draw({ prompt, width, height, seed }: Wanted, format: "png" | "jpeg"): Promise<Buffer> {
  const { pixels, ...small } = await rendered({ prompt, seed, width: Math.ceil(width / 4), height: Math.ceil(height / 4) });
  const image = sharp(pixels, { raw: { width: small.width, height: small.height, channels: 4 } })
    .removeAlpha()
    .resize(width, height);
  return format === "png" ? image.png().toBuffer() : image.jpeg({ quality: 90 }).toBuffer();
}

// The server has other requests to answer meanwhile.
async function rendered(wanted: Wanted): Promise<Picture> {
  const work = renderPicture(wanted);
  for (let step = work.next(), steps = 0; ; step = work.next(), steps++) {
    if (step.done) return step.value;
    if (steps % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}
