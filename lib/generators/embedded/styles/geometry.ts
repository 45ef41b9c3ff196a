/** A poster of plain shapes on a grid that splits itself: discs, quarters, arcs, stripes, a few dots. */
import type { Rgb } from "../colour.ts";
import { cover, sample } from "../colour.ts";
import { clamp } from "../maths.ts";
import type { Random } from "../random.ts";
import type { Style } from "../scene.ts";
import { shaded } from "../shading.ts";

type Tile = { x: number; y: number; size: number; shape: number; turn: number; back: Rgb; front: Rgb; third: Rgb };

export const geometry: Style = (scene, canvas) => {
  const { height, noise, palette, random, width } = scene;
  const across = 3 + random.below(3);
  const size = 1 / across;
  const margin = size * 0.42;
  const inks = [
    sample(palette.ramp, 0.06),
    sample(palette.ramp, 0.28),
    sample(palette.ramp, 0.5),
    sample(palette.ramp, 0.72),
    palette.accents[0],
    palette.accents[1],
    sample(palette.ramp, 0.93),
  ] as [Rgb, ...Rgb[]];
  const paper = sample(palette.ramp, 0.985);
  const cell = (1 - margin * 2) / across;
  const [columns, rows] = [Math.floor((width - margin * 2) / cell + 0.001), Math.floor((height - margin * 2) / cell + 0.001)];
  const left = (width - columns * cell) / 2;
  const top = (height - rows * cell) / 2;
  const tiles = Array.from({ length: columns * rows }, (_, i) =>
    split(random, left + (i % columns) * cell, top + Math.floor(i / columns) * cell, cell, inks, paper, 0),
  );

  return shaded(
    canvas,
    (x, y, out) => {
      const column = Math.floor((x - left) / cell);
      const row = Math.floor((y - top) / cell);
      const group = column < 0 || column >= columns || row < 0 || row >= rows ? undefined : tiles[row * columns + column];
      const tile = group?.find((t) => x >= t.x && x < t.x + t.size && y >= t.y && y < t.y + t.size);
      const ink = tile ? inkAt(tile, (x - tile.x) / tile.size, (y - tile.y) / tile.size) : paper;
      // Printing is never quite even: a slow mottle and, where there is ink, a fine tooth of the paper.
      const mottle = 1 + 0.028 * noise.at(x * 3, y * 3) + 0.022 * noise.at(x * 120, y * 120);
      out[0] = ink[0] * mottle;
      out[1] = ink[1] * mottle;
      out[2] = ink[2] * mottle;
      if (ink !== paper) cover(out, paper, 0.22 * clamp(noise.at(x * 210, y * 210) * 1.6 - 0.75));
    },
    { smooth: true },
  );
};

function split(random: Random, x: number, y: number, size: number, inks: [Rgb, ...Rgb[]], paper: Rgb, depth: number): Tile[] {
  if (depth < 2 && random.chance(depth === 0 ? 0.3 : 0.12)) {
    const half = size / 2;
    return [0, 1, 2, 3].flatMap((i) => split(random, x + (i % 2) * half, y + Math.floor(i / 2) * half, half, inks, paper, depth + 1));
  }
  const back = random.chance(0.3) ? paper : random.pick(inks);
  const front = random.pick(inks.filter((ink) => contrast(ink, back) > 0.09) as [Rgb, ...Rgb[]]);
  const third = random.pick(inks.filter((ink) => contrast(ink, front) > 0.09) as [Rgb, ...Rgb[]]);
  return [{ x, y, size, shape: random.below(depth > 0 ? 6 : 10), turn: random.below(4), back, front, third }];
}

function contrast(a: Rgb, b: Rgb): number {
  return Math.abs(a[0] - b[0]) * 0.3 + Math.abs(a[1] - b[1]) * 0.55 + Math.abs(a[2] - b[2]) * 0.15;
}

/** The ink at a place of a tile, both from 0 to 1. */
function inkAt({ back, front, shape, third, turn }: Tile, tx: number, ty: number): Rgb {
  const [u, v] = turn === 0 ? [tx, ty] : turn === 1 ? [ty, 1 - tx] : turn === 2 ? [1 - tx, 1 - ty] : [1 - ty, tx];
  const corner = Math.sqrt(u * u + v * v);
  const middle = Math.sqrt((u - 0.5) * (u - 0.5) + (v - 0.5) * (v - 0.5));
  const edge = Math.sqrt(u * u + (v - 0.5) * (v - 0.5));
  switch (shape) {
    case 0:
      return corner < 1 ? front : back;
    case 1:
      return middle < 0.16 ? third : middle < 0.42 ? front : back;
    case 2:
      return edge < 0.5 ? front : back;
    case 3:
      return u + v < 1 ? front : back;
    case 4:
      return corner < 0.34 ? third : corner < 0.67 ? front : corner < 1 ? third : back;
    case 5:
      return middle < 0.5 ? (u < 0.5 ? front : third) : back;
    case 6: {
      const stripe = Math.floor(u * 9) % 2 === 0;
      return stripe ? front : back;
    }
    case 7: {
      const du = u * 5 - Math.floor(u * 5) - 0.5;
      const dv = v * 5 - Math.floor(v * 5) - 0.5;
      return du * du + dv * dv < 0.07 ? front : back;
    }
    case 8: {
      const arch = v > 0.5 ? Math.abs(u - 0.5) : middle;
      return arch < 0.17 ? third : arch < 0.33 ? front : arch < 0.5 ? third : back;
    }
    default: {
      const far = Math.sqrt((1 - u) * (1 - u) + (1 - v) * (1 - v));
      return corner < 1 && far < 1 ? front : Math.sqrt(u * u + (1 - v) * (1 - v)) < 0.18 ? third : back;
    }
  }
}
