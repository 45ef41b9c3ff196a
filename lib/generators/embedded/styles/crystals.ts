/** Crystals: a net of triangles raised by noise, each facet lit by how it lies. */
import { type Canvas, illuminatePixel } from "../canvas.ts";
import { cover, type Rgb, sample } from "../colour.ts";
import { clamp, mix, smoothstep } from "../maths.ts";
import { hashPoint } from "../random.ts";
import type { Style } from "../scene.ts";

type Corner = { x: number; y: number; z: number };

// Where in a pixel it is asked which triangle holds it: each place belongs to exactly one, so that no seam shows.
const places = [
  [0.125, 0.625],
  [0.375, 0.125],
  [0.625, 0.875],
  [0.875, 0.375],
] as const;

export const crystals: Style = (scene, canvas) => {
  const { height, mood, noise, palette, random, seed, width } = scene;
  const size = random.between(0.055, 0.105);
  const columns = Math.ceil(width / size) + 3;
  const rows = Math.ceil(height / (size * 0.866)) + 3;
  const relief = mix(0.18, 0.5, mood.energy) * random.between(0.8, 1.2);
  const centre = { x: width * random.between(0.3, 0.7), y: height * random.between(0.3, 0.7) };
  const reach = random.between(0.55, 0.85);
  const [lx, ly, lz] = [random.chance(0.5) ? -0.55 : 0.55, -0.6, 0.58];
  const zoom = random.between(1.1, 1.9);
  const bright = sample(palette.ramp, 0.99);
  const zAt = (x: number, y: number) => noise.ridged(x * zoom + 9, y * zoom, 3) * relief + noise.at(x * 9, y * 9) * size * 0.28;

  const net = Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c): Corner => {
      const x = (c - 1 + (r % 2) * 0.5 + (hashPoint(c, r, seed) - 0.5) * 0.78) * size;
      const y = (r - 1 + (hashPoint(c, r, seed + 1) - 0.5) * 0.78) * size * 0.866;
      return { x, y, z: zAt(x, y) };
    }),
  );
  const corner = (c: number, r: number) => net[r]?.[c];
  return { units: (rows - 1) * (columns - 1), steps: paint() };

  function* paint(): Iterable<number> {
    for (let r = 0; r + 1 < rows; r++) {
      for (let c = 0; c + 1 < columns; c++) {
        const [a, b, d, e] = [corner(c, r), corner(c + 1, r), corner(c, r + 1), corner(c + 1, r + 1)];
        if (!a || !b || !d || !e) continue;
        // Rows are shifted by turns, and so is the diagonal, which keeps the triangles near equilateral.
        if (r % 2 === 0) {
          facet(a, b, d);
          facet(b, e, d);
        } else {
          facet(a, e, d);
          facet(a, b, e);
        }
        yield 1;
      }
    }
  }

  function facet(a: Corner, b: Corner, c: Corner): void {
    const [ux, uy, uz, vx, vy, vz] = [b.x - a.x, b.y - a.y, b.z - a.z, c.x - a.x, c.y - a.y, c.z - a.z];
    const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
    const length = Math.sqrt(nx * nx + ny * ny + nz * nz) * (nz < 0 ? -1 : 1);
    const light = (nx * lx + ny * ly + nz * lz) / length;
    const mx = (a.x + b.x + c.x) / 3;
    const my = (a.y + b.y + c.y) / 3;
    const dx = (mx - centre.x) / reach;
    const dy = (my - centre.y) / reach;
    const heart = 1 - smoothstep(0, 1.25, Math.sqrt(dx * dx + dy * dy));
    const high = (a.z + b.z + c.z) / (3 * relief);
    const tone = clamp(0.06 + 0.34 * heart + 0.3 * high * light + 0.24 * light + noise.at(mx * 1.3 + 30, my * 1.3) * 0.24);
    const colour = sample(palette.ramp, tone);
    const accent = smoothstep(0.22, 0.55, noise.at(mx * 1.6 + 70, my * 1.6)) * 0.75;
    cover(
      colour,
      palette.accents[hashPoint(Math.floor(mx * 3), Math.floor(my * 3), seed) < 0.7 ? 0 : 1],
      accent * clamp(0.25 + light * 0.6),
    );
    const glint = smoothstep(0.9, 1, light);
    cover(colour, bright, glint * 0.65);
    // Across one facet the light grows a little from its lowest corner to its highest: glass, not paint.
    const gradient = { x: (nx / length) * 1.1, y: (ny / length) * 1.1 };
    fillTriangle(
      canvas,
      a,
      b,
      c,
      (x, y) => 1 + clamp(((x - mx) * lx + (y - my) * ly) * 2.2 + ((x - mx) * gradient.x + (y - my) * gradient.y) * 3, -0.2, 0.28),
      colour,
    );
  }
};

function fillTriangle(canvas: Canvas, a: Corner, b: Corner, c: Corner, lightAt: (x: number, y: number) => number, colour: Rgb): void {
  const { unit } = canvas;
  const top = Math.max(0, Math.floor(Math.min(a.y, b.y, c.y) * unit));
  const bottom = Math.min(canvas.height - 1, Math.floor(Math.max(a.y, b.y, c.y) * unit));
  const left = Math.max(0, Math.floor(Math.min(a.x, b.x, c.x) * unit));
  const right = Math.min(canvas.width - 1, Math.floor(Math.max(a.x, b.x, c.x) * unit));
  const way = side(a, b, c.x, c.y) >= 0 ? 1 : -1;
  for (let py = top; py <= bottom; py++) {
    for (let px = left; px <= right; px++) {
      let inside = 0;
      for (const [ox, oy] of places) {
        const x = (px + ox) / unit;
        const y = (py + oy) / unit;
        if (side(a, b, x, y) * way >= 0 && side(b, c, x, y) * way > 0 && side(c, a, x, y) * way > 0) inside++;
      }
      if (inside > 0) illuminatePixel(canvas, px, py, colour, (inside / 4) * lightAt((px + 0.5) / unit, (py + 0.5) / unit));
    }
  }
}

/** Which side of the line from a to b a place is on. */
function side(a: Corner, b: Corner, x: number, y: number): number {
  return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
}
