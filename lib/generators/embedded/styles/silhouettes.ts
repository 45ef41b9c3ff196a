/** Outlines of hills and trees: a height for every column, with the sub-pixel precision that smooth edges need. */
import type { Canvas } from "../canvas.ts";
import { clamp } from "../maths.ts";
import { hashPoint } from "../random.ts";

const perPixel = 4;

export type Silhouette = {
  /** How much of the pixel at a place is behind the outline, 0 to 1. */
  covers(x: number, y: number): number;
  /** Where the outline is in the column of x. */
  top(x: number): number;
};

/** An outline from its height at each x (y grows downwards). */
export function createSilhouette(canvas: Canvas, heightAt: (x: number) => number): Silhouette {
  const columns = canvas.width * perPixel;
  const heights = Float64Array.from({ length: columns }, (_, i) => heightAt((i + 0.5) / perPixel / canvas.unit));
  const column = (x: number) => clamp(Math.floor(x * canvas.unit), 0, canvas.width - 1) * perPixel;
  // Every index comes from `column`, which keeps it inside the table.
  const read = (index: number) => heights[index] as number;
  return {
    covers(x, y) {
      const first = column(x);
      let sum = 0;
      for (let i = 0; i < perPixel; i++) sum += clamp((y - read(first + i)) * canvas.unit + 0.5);
      return sum / perPixel;
    },
    top(x) {
      const first = column(x);
      return (read(first) + read(first + 3)) / 2;
    },
  };
}

export type Trees = { spacing: number; height: number; seed: number; density: number };

/**
 * The first of the layers, listed from far to near, that has to be painted at a place: all before it are hidden.
 * -1 when even the farthest lets the sky show.
 */
export function firstVisible(layers: readonly { outline: Silhouette }[], x: number, y: number): number {
  let index = layers.length - 1;
  while (index >= 0 && (layers[index]?.outline.covers(x, y) ?? 0) < 1) index--;
  return index;
}

/** How far firs rise above the ground at x: the tallest of those that stand near. */
export function firs(x: number, { spacing, height, seed, density }: Trees): number {
  const cell = Math.floor(x / spacing);
  let tallest = 0;
  for (let c = cell - 2; c <= cell + 2; c++) {
    if (hashPoint(c, 1, seed) > density) continue;
    const centre = (c + hashPoint(c, 2, seed)) * spacing;
    const grown = height * (0.45 + 0.55 * hashPoint(c, 3, seed));
    const spread = grown * (0.17 + 0.07 * hashPoint(c, 4, seed));
    const away = Math.abs(x - centre) / spread;
    if (away >= 1) continue;
    // Branches: steps down the cone, each drooping a little towards its tip.
    const tiers = 8 + Math.floor(hashPoint(c, 5, seed) * 6);
    const tier = (0.72 * away + 0.28 * Math.sqrt(away)) * tiers + 0.35 * hashPoint(c, Math.floor(away * 9), seed);
    const step = tier - Math.floor(tier);
    const outline = 1 - (Math.floor(tier) + step * (0.15 + step * 0.6)) / tiers;
    const trunk = away < 0.035 ? 1.06 - away * 2 : 0;
    tallest = Math.max(tallest, grown * Math.max(outline, trunk));
  }
  return tallest;
}
