/** Ribbons of colour that follow one current and never cross (after the flow-field paintings of plotter artists). */
import { type Canvas, coverage, coverPixel, fill } from "../canvas.ts";
import { type Rgb, sample } from "../colour.ts";
import { clamp, cos, mix, sin, tau } from "../maths.ts";
import type { Scene, Style } from "../scene.ts";

type Point = { x: number; y: number };

const stride = 0.004;

export const ribbons: Style = (scene, canvas) => {
  const { height, mood, noise, palette, random, width } = scene;
  const dark = mood.time === "night" && random.chance(0.8);
  const ground = sample(palette.ramp, dark ? 0.03 : 0.98);
  const inks = [0.12, 0.28, 0.44, 0.6, 0.76].map((t) => sample(palette.ramp, dark ? t + 0.16 : t));
  inks.push(palette.accents[0], palette.accents[1], palette.accents[0]);
  const zoom = random.between(0.45, 0.85) * mix(0.7, 1.4, mood.energy);
  const heading = random.between(0, tau);
  const swing = random.between(1.6, 3.2);
  const margin = 0.045;
  const taken = createOccupancy(width, height);
  const widths = [0.06, 0.042, 0.028, 0.018, 0.01, 0.006].map((w) => w * random.between(0.85, 1.2));
  const attempts = 2600;
  const direction = (x: number, y: number) =>
    heading + noise.at(x * zoom + 3, y * zoom) * swing + noise.at(x * zoom * 2.3, y * zoom * 2.3 + 8) * 0.35;

  return { units: attempts, steps: paint() };

  function* paint(): Iterable<number> {
    fill(canvas, ground);
    for (let i = 0; i < attempts; i++) {
      const size =
        widths[Math.min(widths.length - 1, Math.floor((i / attempts) * (i / attempts) * 0.4 + (i / attempts) * widths.length))] ?? 0.006;
      attempt(size);
      yield 1;
    }
  }

  function attempt(size: number): void {
    const start = { x: random.between(margin, width - margin), y: random.between(margin, height - margin) };
    const longest = random.between(0.25, 1.3) / stride;
    const ink = inks[random.below(inks.length)] ?? ground;
    const second = inks[random.below(inks.length)] ?? ground;
    const kind = random.next();
    const blockLength = random.between(0.02, 0.12);
    const path: Point[] = [];
    for (const way of [-1, 1]) {
      let { x, y } = start;
      const line: Point[] = [];
      while (
        line.length < longest / 2 &&
        x > margin &&
        y > margin &&
        x < width - margin &&
        y < height - margin &&
        !taken.near(x, y, size / 2 + 0.0035)
      ) {
        line.push({ x, y });
        const angle = direction(x, y);
        x += cos(angle) * stride * way;
        y += sin(angle) * stride * way;
      }
      path.push(...(way < 0 ? line.reverse() : line.slice(1)));
    }
    if (path.length * stride < size * 2.2 || path.length < 6) return;
    for (const { x, y } of path) taken.add(x, y, size / 2);
    brush(canvas, scene, path, size / 2, (along) => {
      if (kind < 0.5) return ink;
      return Math.floor(along / blockLength) % 2 === 0 ? ink : second;
    });
  }
};

/** Fills a ribbon along a path: every pixel takes the ink of the nearest place on it. */
function brush(canvas: Canvas, { noise }: Scene, path: readonly Point[], radius: number, inkAt: (along: number) => Rgb): void {
  const { unit } = canvas;
  for (let i = 0; i + 1 < path.length; i++) {
    const [a, b] = [path[i], path[i + 1]];
    if (!a || !b) return;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const length = Math.sqrt(dx * dx + dy * dy);
    const [ux, uy] = [dx / length, dy / length];
    const reach = radius + length + 1.5 / unit;
    const along = i * stride;
    const ink = inkAt(along);
    const [left, right] = [Math.floor((Math.min(a.x, b.x) - reach) * unit), Math.ceil((Math.max(a.x, b.x) + reach) * unit)];
    const [top, bottom] = [Math.floor((Math.min(a.y, b.y) - reach) * unit), Math.ceil((Math.max(a.y, b.y) + reach) * unit)];
    for (let py = top; py <= bottom; py++) {
      for (let px = left; px <= right; px++) {
        const x = (px + 0.5) / unit - a.x;
        const y = (py + 0.5) / unit - a.y;
        const t = x * ux + y * uy;
        // Half a pixel of overlap hides the seams between the pieces of a ribbon.
        if (t < -0.5 / unit || t > length + 0.5 / unit) continue;
        const across = x * uy - y * ux;
        const inside = coverage(Math.abs(across) - radius, unit);
        if (inside === 0) continue;
        const bristle = noise.at((across / radius) * 7 + along * 0.6, along * 5 + radius * 900) * 0.11;
        const edge = 1 - 0.16 * (across / radius) * (across / radius);
        const tone = clamp(edge + bristle, 0.5, 1.2);
        coverPixel(canvas, px, py, [ink[0] * tone, ink[1] * tone, ink[2] * tone], inside);
      }
    }
  }
}

/** Which places are taken: discs, kept in the cells of a coarse grid. */
function createOccupancy(
  width: number,
  height: number,
): { near(x: number, y: number, r: number): boolean; add(x: number, y: number, r: number): void } {
  const cell = 0.05;
  const columns = Math.ceil(width / cell) + 4;
  const grid: number[][] = Array.from({ length: columns * (Math.ceil(height / cell) + 4) }, () => []);
  const index = (x: number, y: number) => (Math.floor(y / cell) + 2) * columns + Math.floor(x / cell) + 2;
  return {
    near(x, y, r) {
      for (const row of [-1, 0, 1]) {
        for (const column of [-1, 0, 1]) {
          const discs = grid[index(x, y) + row * columns + column] ?? [];
          for (let i = 0; i < discs.length; i += 3) {
            const dx = (discs[i] as number) - x;
            const dy = (discs[i + 1] as number) - y;
            const apart = (discs[i + 2] as number) + r;
            if (dx * dx + dy * dy < apart * apart) return true;
          }
        }
      }
      return false;
    },
    add(x, y, r) {
      grid[index(x, y)]?.push(x, y, r);
    },
  };
}
