/** Northern lights over hills and still water. */
import { cover, illuminate, type Rgb, sample } from "../colour.ts";
import { clamp, exp, mix, smoothstep } from "../maths.ts";
import { hashPoint } from "../random.ts";
import type { Style } from "../scene.ts";
import { type Shade, shaded } from "../shading.ts";
import { createSilhouette, firs } from "./silhouettes.ts";
import { weather } from "./weather.ts";

export const aurora: Style = (scene, canvas) => {
  const { height, noise, palette, pixel, random, seed, width } = scene;
  const shore = height * random.between(0.68, 0.78);
  const top = sample(palette.ramp, 0.02);
  const low = sample(palette.ramp, 0.24);
  const land = sample(palette.ramp, 0.0);
  const far = sample(palette.ramp, 0.1);
  const curtains = Array.from({ length: 3 }, (_, i) => ({
    base: shore - random.between(0.16, 0.3) - i * 0.12,
    lean: random.between(-0.22, 0.22),
    offset: random.between(0, 90),
    bend: random.between(0.2, 0.36),
    strength: random.between(0.6, 1) * (1 - i * 0.16),
    reach: random.between(0.22, 0.42),
    foot: sample(palette.ramp, random.between(0.66, 0.8)),
    crown: i === 1 ? palette.accents[1] : palette.accents[0],
  }));
  const hills = createSilhouette(canvas, (x) => shore - 0.03 - Math.max(0, noise.ridged(x * 1.3 + 5, 4, 6) - 0.45) * 0.3);
  const trees = { spacing: 0.02, height: 0.11, seed, density: 0.9 };
  const wood = createSilhouette(canvas, (x) => {
    const sides = smoothstep(0.1, 0.62, Math.abs(x / width - 0.5) * 2);
    return shore - 0.004 - (0.02 + 0.02 * noise.at(x * 4, 2)) * sides - firs(x, trees) * sides * clamp(0.6 + noise.at(x * 2.2, 6));
  });

  const above: Shade = (x, y, out) => {
    const height = clamp(y / shore);
    out[0] = mix(top[0], low[0], height * height);
    out[1] = mix(top[1], low[1], height * height);
    out[2] = mix(top[2], low[2], height * height);
    stars(x, y, seed, pixel, out);
    for (const { base, lean, offset, bend, strength, reach, foot, crown } of curtains) {
      const fold = noise.at(x * 0.9 + offset, y * 0.35) + 0.45 * noise.at(x * 2.1 + offset, y * 0.5 + 4);
      const line = base + (x - width / 2) * lean + fold * bend;
      const up = line - y;
      if (up < -0.07) continue;
      // Rays follow the fold of the curtain, so that they crowd where it turns away.
      const along = x * 1.2 + fold * 1.5;
      const rays =
        0.72 +
        0.42 * noise.at(along * 5 + offset, up * 0.5) +
        0.24 * noise.at(along * 17 + offset, up * 0.4) +
        0.12 * noise.at(along * 47 + offset, up * 0.3);
      const tall = reach * (0.65 + 0.6 * noise.at(along * 3 + offset, 7));
      const light = up < 0 ? exp(-up * up * 900) : exp((-up / Math.max(0.05, tall)) * 1.9);
      const patch = clamp(0.42 + noise.at(x * 0.9 + offset * 2, 1.5) * 1.6, 0.02, 1.2);
      const amount = strength * light * clamp(rays) * patch;
      illuminate(out, foot, amount * 1.35 * exp(-Math.max(0, up) * 2.2));
      illuminate(out, crown, amount * 0.95 * smoothstep(0.03, 0.3, up));
      illuminate(out, foot, 0.05 * strength * exp(-up * up * 9) * patch);
    }
    const hill = hills.covers(x, y);
    if (hill > 0) {
      const face: Rgb = [...far];
      const slope = noise.layered(x * 8 + y * 5, y * 12, 4);
      illuminate(face, low, clamp(slope) * 0.8 * (1 - smoothstep(shore - 0.1, shore, y)));
      cover(face, low, smoothstep(shore - 0.09, shore, y) * 0.6);
      cover(out, face, hill);
    }
    const tree = wood.covers(x, y);
    if (tree > 0) cover(out, land, tree);
  };

  const shade: Shade = (x, y, out) => {
    if (y <= shore) {
      above(x, y, out);
      return;
    }
    const down = y - shore;
    const ripple = noise.layered(x * 6, 70 * Math.sqrt(down + 0.002), 2) * (0.004 + 0.05 * down);
    above(x + ripple, Math.max(0.001, shore - down * 1.35 - Math.abs(ripple)), out);
    cover(out, land, clamp(0.22 + down * 0.8));
    illuminate(out, low, 0.5 * exp(-down * 240));
  };
  return shaded(canvas, weather(scene, shade));
};

function stars(x: number, y: number, seed: number, pixel: number, out: Rgb): void {
  const cell = 0.014;
  const cx = Math.floor(x / cell);
  const cy = Math.floor(y / cell);
  if (hashPoint(cx, cy, seed) > 0.09) return;
  const dx = (cx + 0.3 + 0.4 * hashPoint(cx, cy, seed + 1)) * cell - x;
  const dy = (cy + 0.3 + 0.4 * hashPoint(cx, cy, seed + 2)) * cell - y;
  const bright = hashPoint(cx, cy, seed + 3);
  const size = Math.max(pixel * 0.75, 0.0009);
  illuminate(out, [0.9, 0.95, 1], exp(-(dx * dx + dy * dy) / (size * size)) * bright * bright * bright);
}
