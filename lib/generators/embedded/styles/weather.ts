/** Snow and rain in front of a landscape, where the words ask for it. */
import { cover, illuminate, type Rgb } from "../colour.ts";
import { clamp } from "../maths.ts";
import { hashPoint } from "../random.ts";
import type { Scene } from "../scene.ts";
import type { Shade } from "../shading.ts";

const white: Rgb = [0.94, 0.96, 1];

export function weather(scene: Scene, shade: Shade): Shade {
  const { mood, seed } = scene;
  if (mood.snow) {
    return (x, y, out) => {
      shade(x, y, out);
      for (let depth = 0; depth < 3; depth++) snowflake(x, y, depth, seed, out);
    };
  }
  if (mood.rain) {
    return (x, y, out) => {
      shade(x, y, out);
      for (let depth = 0; depth < 2; depth++) raindrop(x, y, depth, seed, out);
    };
  }
  return shade;
}

function snowflake(x: number, y: number, depth: number, seed: number, out: Rgb): void {
  const cell = 0.022 + depth * 0.026;
  const cx = Math.floor(x / cell);
  const cy = Math.floor(y / cell);
  if (hashPoint(cx, cy, seed + depth * 31) > 0.4) return;
  const radius = cell * (0.05 + 0.07 * hashPoint(cx, cy, seed + 7));
  const dx = x - (cx + 0.2 + 0.6 * hashPoint(cx, cy, seed + 8)) * cell;
  const dy = y - (cy + 0.2 + 0.6 * hashPoint(cx, cy, seed + 9)) * cell;
  const edge = clamp(1.15 - Math.sqrt(dx * dx + dy * dy) / radius);
  cover(out, white, edge * (0.85 - depth * 0.16));
}

function raindrop(x: number, y: number, depth: number, seed: number, out: Rgb): void {
  const [wide, tall] = [0.006 + depth * 0.006, 0.14 + depth * 0.12];
  const slanted = x + y * 0.16;
  const cx = Math.floor(slanted / wide);
  const shifted = y / tall + hashPoint(cx, depth, seed + 5) * 7;
  const cy = Math.floor(shifted);
  if (hashPoint(cx, cy, seed + depth) > 0.2) return;
  const along = shifted - cy;
  const across = Math.abs(slanted / wide - cx - 0.5) * 2;
  illuminate(out, white, clamp(1 - across * 2.2) * along * (1 - along) * 0.5);
}
