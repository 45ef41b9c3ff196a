/**
 * Colour: pictures are painted in linear light, where light adds up as it does in the world, and gradients are mixed in OKLab
 * (Ottosson, 2020), where equal steps look equal and a blend of two colours never turns grey on its way.
 */
import { clamp } from "./maths.ts";

/** Linear light, red, green, blue; 1 is the brightest that a screen shows, more is allowed until the end. */
export type Rgb = [red: number, green: number, blue: number];

/** A gradient: writes the colour at t (0 to 1) into `out`. */
export type Ramp = (t: number, out: Rgb) => void;

const steps = 512;

/** Linear light of an 8-bit sRGB value (IEC 61966-2-1). */
function decode(value: number): number {
  const c = value / 255;
  if (c <= 0.04045) return c / 12.92;
  const u = (c + 0.055) / 1.055;
  return u * u * root(u * u, 5);
}

/** The nth root of a number from 0 to 1, by Newton's method: only exact operations, so the same everywhere. */
function root(x: number, n: number): number {
  if (x <= 0) return 0;
  let r = 1;
  for (let i = 0; i < 60; i++) {
    let p = 1;
    for (let k = 1; k < n; k++) p *= r;
    r = ((n - 1) * r + x / p) / n;
  }
  return r;
}

/** A colour from `#rrggbb`. */
export function fromHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [decode((value >> 16) & 255), decode((value >> 8) & 255), decode(value & 255)];
}

function toOklab([r, g, b]: Rgb): Rgb {
  const l = root(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b, 3);
  const m = root(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b, 3);
  const s = root(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b, 3);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Rgb): Rgb {
  const l = lightness + 0.3963377774 * a + 0.2158037573 * b;
  const m = lightness - 0.1055613458 * a - 0.0638541728 * b;
  const s = lightness - 0.0894841775 * a - 1.291485548 * b;
  const [ll, mm, ss] = [l * l * l, m * m * m, s * s * s];
  return [
    Math.max(0, 4.0767416621 * ll - 3.3077115913 * mm + 0.2309699292 * ss),
    Math.max(0, -1.2684380046 * ll + 2.6097574011 * mm - 0.3413193965 * ss),
    Math.max(0, -0.0041960863 * ll - 0.7034186147 * mm + 1.707614701 * ss),
  ];
}

/** The colour at t between two, mixed in OKLab. For single colours; gradients over many pixels use a ramp. */
export function blend(a: Rgb, b: Rgb, t: number): Rgb {
  const from = toOklab(a);
  const to = toOklab(b);
  return fromOklab([from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t, from[2] + (to[2] - from[2]) * t]);
}

/** A gradient through colours at equal distances. */
export function createRamp(colours: readonly Rgb[]): Ramp {
  const lab = colours.map(toOklab);
  const table = new Float64Array((steps + 1) * 3);
  for (let i = 0; i <= steps; i++) {
    const position = (i / steps) * (lab.length - 1);
    const index = Math.min(lab.length - 2, Math.floor(position));
    const from = lab[index] ?? [0, 0, 0];
    const to = lab[index + 1] ?? from;
    const t = position - index;
    table.set(fromOklab([from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t, from[2] + (to[2] - from[2]) * t]), i * 3);
  }
  return (t, out) => {
    const position = clamp(t) * steps;
    const index = Math.min(steps - 1, Math.floor(position));
    const part = position - index;
    // Within bounds by construction: the index is at most steps - 1 and the table holds steps + 1 colours.
    for (let c = 0; c < 3; c++) {
      const from = table[index * 3 + c] as number;
      out[c] = from + ((table[index * 3 + 3 + c] as number) - from) * part;
    }
  };
}

/** One colour of a gradient. */
export function sample(ramp: Ramp, t: number): Rgb {
  const out: Rgb = [0, 0, 0];
  ramp(t, out);
  return out;
}

/** Moves `out` towards a colour by `amount` (0 to 1). */
export function cover(out: Rgb, colour: Rgb, amount: number): void {
  out[0] += (colour[0] - out[0]) * amount;
  out[1] += (colour[1] - out[1]) * amount;
  out[2] += (colour[2] - out[2]) * amount;
}

/** Adds light of a colour. */
export function illuminate(out: Rgb, colour: Rgb, amount: number): void {
  out[0] += colour[0] * amount;
  out[1] += colour[1] * amount;
  out[2] += colour[2] * amount;
}

// From the square root of linear light (already close to how the eye sees) to sRGB, 0 to 255: smooth enough to be interpolated.
const encodeSteps = 4096;
const encodeTable = Float64Array.from({ length: encodeSteps + 2 }, (_, i) => {
  const linear = (i / encodeSteps) * (i / encodeSteps);
  if (linear <= 0.0031308) return 255 * 12.92 * linear;
  const fifth = root(Math.min(1, linear), 12);
  return 255 * (1.055 * fifth * fifth * fifth * fifth * fifth - 0.055);
});

/** The sRGB value, 0 to 255 and not yet rounded, of linear light. */
export function encode(linear: number): number {
  const position = Math.sqrt(clamp(linear)) * encodeSteps;
  const index = Math.floor(position);
  const from = encodeTable[index] as number;
  return from + ((encodeTable[index + 1] as number) - from) * (position - index);
}
