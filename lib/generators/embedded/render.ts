/** Makes a picture step by step: plans it, paints it, finishes it. */
import { createCanvas } from "./canvas.ts";
import { type Finish, finishRow, snapshot } from "./finish.ts";
import { createNoise } from "./noise.ts";
import { createPalette, type PaletteName } from "./palettes.ts";
import { planPicture } from "./prompt.ts";
import { createRandom, scramble } from "./random.ts";
import { finishes, type StyleName, styles } from "./styles/index.ts";

export type PictureRequest = { prompt: string; width: number; height: number; seed: number };

export type Pixels = { width: number; height: number; pixels: Uint8Array<ArrayBuffer> };

/** Where the work has got to, in units of work; now and then with the picture as it is. */
export type Step = { done: number; total: number; preview?: Pixels };

export type Picture = Pixels & { style: StyleName; palette: PaletteName };

const previews = 8;
const previewSide = 128;
// A row of finishing costs about a quarter of a sample per pixel; whole numbers keep the sums exact.
const finishCost = 4;

/** Yields after every few milliseconds of work and returns the picture. Stopping the iteration stops the work. */
export function* renderPicture({ prompt, width, height, seed }: PictureRequest): Generator<Step, Picture> {
  const plan = planPicture(prompt, seed);
  const canvas = createCanvas(width, height);
  const scene = {
    width: width / canvas.unit,
    height: height / canvas.unit,
    pixel: 1 / canvas.unit,
    seed: plan.seed,
    random: createRandom(plan.seed),
    noise: createNoise(scramble(plan.seed ^ 0x6b79)),
    palette: createPalette(plan.palette),
    mood: plan.mood,
  };
  const finish: Finish = finishes[plan.style];
  const painting = styles[plan.style](scene, canvas);
  const rowUnits = Math.ceil(width / finishCost);
  const total = painting.units + rowUnits * height;

  let done = 0;
  let shown = 0;
  for (const units of painting.steps) {
    done += units;
    const due = Math.floor((done / painting.units) * (previews + 1));
    const first = shown === 0 && done * 40 > painting.units;
    const preview = first || due > shown ? snapshot(canvas, previewSide, finish) : undefined;
    if (preview) shown = Math.max(due, 1);
    yield preview ? { done, total, preview } : { done, total };
  }
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    finishRow(canvas, y, finish, pixels);
    done += rowUnits;
    yield { done, total };
  }
  return { width, height, pixels, style: plan.style, palette: plan.palette };
}
