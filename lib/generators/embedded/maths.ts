/**
 * Mathematics that gives the same bits on every machine. IEEE 754 fixes + - * / and the square root exactly, but leaves sine,
 * exponential and logarithm to the library at hand, and engines differ in the last digits; so these are written out here.
 * Their error is below 1e-6, far less than one step of an 8-bit channel.
 */
export const tau = 6.283185307179586;

const ln2 = 0.6931471805599453;
const powersOfTwo = Float64Array.from({ length: 129 }, (_, index) => {
  let power = 1;
  for (let i = 64; i < index; i++) power *= 2;
  for (let i = index; i < 64; i++) power /= 2;
  return power;
});

export function clamp(x: number, low = 0, high = 1): number {
  return Math.min(Math.max(x, low), high);
}

export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/** 0 at `from`, 1 at `to` (which may be smaller), eased at both ends. */
export function smoothstep(from: number, to: number, x: number): number {
  const t = clamp((x - from) / (to - from));
  return t * t * (3 - 2 * t);
}

/** Sine of an angle in radians. */
export function sin(x: number): number {
  let r = x - Math.floor(x / tau + 0.5) * tau;
  if (r > tau / 4) r = tau / 2 - r;
  else if (r < -tau / 4) r = -tau / 2 - r;
  const s = r * r;
  return r * (1 + s * (-1 / 6 + s * (1 / 120 + s * (-1 / 5040 + s * (1 / 362880 - s / 39916800)))));
}

/** Cosine of an angle in radians. */
export function cos(x: number): number {
  return sin(x + tau / 4);
}

/** e to the power of x; x is held within ±44. */
export function exp(x: number): number {
  const held = clamp(x, -44, 44);
  const k = Math.floor(held / ln2 + 0.5);
  const r = held - k * ln2;
  return (1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r / 720)))))) * (powersOfTwo[k + 64] as number);
}

/** Natural logarithm of a number greater than zero. */
export function log(x: number): number {
  let m = x;
  let k = 0;
  for (; m > 1.4142135623730951; k++) m /= 2;
  for (; m < 0.7071067811865476; k--) m *= 2;
  const z = (m - 1) / (m + 1);
  const s = z * z;
  return k * ln2 + 2 * z * (1 + s * (1 / 3 + s * (1 / 5 + s * (1 / 7 + s / 9))));
}

/** x to the power of p, for x ≥ 0. */
export function power(x: number, p: number): number {
  return x <= 0 ? 0 : exp(p * log(x));
}

/** Bell curve of height 1 and the given width. */
export function bell(x: number, width: number): number {
  const t = x / width;
  return exp(-t * t);
}
