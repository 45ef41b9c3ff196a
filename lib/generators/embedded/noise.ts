import { cos, sin, tau } from "./maths.ts";
import { createRandom } from "./random.ts";

/** Smooth randomness over the plane, roughly within ±1. */
export type Noise = {
  /** Gradient noise (Perlin, 2002): features are about one unit wide. */
  at(x: number, y: number): number;
  /** Octaves of noise, each twice as fine and half as strong, turned so that no grid shows. */
  layered(x: number, y: number, octaves: number): number;
  /** Octaves folded at zero: sharp crests, as of mountains. From 0 to 1. */
  ridged(x: number, y: number, octaves: number): number;
};

const gradientX = Float64Array.from({ length: 256 }, (_, i) => cos((tau * i) / 256));
const gradientY = Float64Array.from({ length: 256 }, (_, i) => sin((tau * i) / 256));

export function createNoise(seed: number): Noise {
  const order = shuffled(seed);

  function corner(ix: number, iy: number, dx: number, dy: number): number {
    // Indices are masked to the tables' size, so every read is within bounds; the casts say so to the compiler.
    const g = order[(order[ix & 255] as number) + (iy & 255)] as number;
    return (gradientX[g] as number) * dx + (gradientY[g] as number) * dy;
  }

  function at(x: number, y: number): number {
    const ix = Math.floor(x);
    const iy = Math.floor(y);
    const fx = x - ix;
    const fy = y - iy;
    const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
    const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
    const a = corner(ix, iy, fx, fy);
    const b = corner(ix + 1, iy, fx - 1, fy);
    const c = corner(ix, iy + 1, fx, fy - 1);
    const d = corner(ix + 1, iy + 1, fx - 1, fy - 1);
    const top = a + (b - a) * u;
    return (top + (c + (d - c) * u - top) * v) * 1.5;
  }

  function layered(x: number, y: number, octaves: number): number {
    let sum = 0;
    let strength = 0.5;
    let px = x;
    let py = y;
    for (let i = 0; i < octaves; i++) {
      sum += strength * at(px, py);
      const turned = px * 1.6 - py * 1.2;
      py = px * 1.2 + py * 1.6 + 17.3;
      px = turned + 5.7;
      strength *= 0.5;
    }
    return sum;
  }

  function ridged(x: number, y: number, octaves: number): number {
    let sum = 0;
    let strength = 0.5;
    let px = x;
    let py = y;
    for (let i = 0; i < octaves; i++) {
      const fold = 1 - Math.abs(at(px, py));
      sum += strength * fold * fold;
      const turned = px * 1.6 - py * 1.2;
      py = px * 1.2 + py * 1.6 + 17.3;
      px = turned + 5.7;
      strength *= 0.5;
    }
    return sum;
  }

  return { at, layered, ridged };
}

/** The numbers 0 to 255 in random order, twice over, so that a sum of two of them needs no mask. */
function shuffled(seed: number): Uint8Array {
  const random = createRandom(seed);
  const order = Array.from({ length: 256 }, (_, i) => ({ i, key: random.next() }))
    .sort((a, b) => a.key - b.key || a.i - b.i)
    .map(({ i }) => i);
  return Uint8Array.from([...order, ...order]);
}
