import type { Canvas } from "./canvas.ts";
import type { Rgb } from "./colour.ts";
import type { Painting } from "./scene.ts";

/** Gives the colour at a place, in units, into `out`. */
export type Shade = (x: number, y: number, out: Rgb) => void;

const block = 8;
// Four samples on a rotated grid (the places where near-vertical and near-horizontal edges both get four levels).
const spots = [
  [-0.125, -0.375],
  [0.375, -0.125],
  [-0.375, 0.125],
  [0.125, 0.375],
] as const;

/**
 * Paints every pixel by its own rule: first one sample per block of 8 × 8 pixels, so that the whole picture shows early, then
 * all rows; with `smooth`, pixels that differ clearly from a neighbour are then done again as the mean of four places.
 * A unit of work is one pixel looked at.
 */
export function shaded(canvas: Canvas, shade: Shade, { smooth = false } = {}): Painting {
  const { height, light, unit, width } = canvas;
  const blocks = Math.ceil(width / block) * Math.ceil(height / block);
  const edges = new Uint8Array(smooth ? width * height : 0);
  return { units: blocks + width * height * (smooth ? 2 : 1), steps: paint() };

  function* paint(): Iterable<number> {
    for (let y = 0; y < height; y += block) yield paintBlocks(y);
    for (let y = 0; y < height; y++) yield paintRow(y);
    if (smooth) for (let y = 0; y < height; y++) yield smoothRow(y);
  }

  function paintBlocks(y: number): number {
    const out: Rgb = [0, 0, 0];
    for (let x = 0; x < width; x += block) {
      shade((x + block / 2) / unit, (y + block / 2) / unit, out);
      for (let by = y; by < Math.min(height, y + block); by++) {
        for (let bx = x; bx < Math.min(width, x + block); bx++) light.set(out, (by * width + bx) * 3);
      }
    }
    return Math.ceil(width / block);
  }

  function paintRow(y: number): number {
    const out: Rgb = [0, 0, 0];
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      shade((x + 0.5) / unit, (y + 0.5) / unit, out);
      light.set(out, i * 3);
      if (!smooth) continue;
      if (x > 0 && differ(i, i - 1)) edges[i] = edges[i - 1] = 1;
      if (y > 0 && differ(i, i - width)) edges[i] = edges[i - width] = 1;
    }
    return width;
  }

  /** Whether an eye would see the step between two pixels: by ratio, with some allowance in the dark. */
  function differ(a: number, b: number): boolean {
    for (let c = 0; c < 3; c++) {
      const [one, other] = [light[a * 3 + c] as number, light[b * 3 + c] as number];
      if (Math.abs(one - other) > 0.004 + 0.07 * (one + other)) return true;
    }
    return false;
  }

  function smoothRow(y: number): number {
    const out: Rgb = [0, 0, 0];
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (edges[i] === 0) continue;
      let [r, g, b] = [0, 0, 0];
      for (const [dx, dy] of spots) {
        shade((x + 0.5 + dx) / unit, (y + 0.5 + dy) / unit, out);
        r += out[0];
        g += out[1];
        b += out[2];
      }
      light[i * 3] = r / spots.length;
      light[i * 3 + 1] = g / spots.length;
      light[i * 3 + 2] = b / spots.length;
    }
    return width;
  }
}
