/** The sky that landscapes share: a gradient, a sun or moon with its glow, clouds, stars. */
import { cover, illuminate, type Rgb, sample } from "../colour.ts";
import { bell, clamp, exp, mix, smoothstep } from "../maths.ts";
import { hashPoint } from "../random.ts";
import type { Scene } from "../scene.ts";
import type { Shade } from "../shading.ts";

export type Orb = { x: number; y: number; radius: number; colour: Rgb };

export type Sky = {
  shade: Shade;
  orb: Orb;
  /** The colour of the air at the horizon, away from the sun and towards it. */
  air: Rgb;
  glow: Rgb;
};

/** Tones of the palette's gradient at the zenith and at the horizon. */
const tones = { night: [0.03, 0.42], dusk: [0.24, 0.9], day: [0.5, 0.93] } as const;

/** Composes the sky above a horizon; `orbHeight` says how high the sun or moon may stand above it, in units. */
export function createSky(scene: Scene, horizon: number, orbHeight: readonly [low: number, high: number]): Sky {
  const { mood, noise, palette, random, seed, width } = scene;
  const stormy = mood.energy > 0.8;
  const [zenith, low] = tones[mood.time].map((tone) => (stormy ? tone * 0.72 : tone)) as [number, number];
  const moon = mood.orb === "moon" || (mood.orb === null && mood.time === "night");
  const white: Rgb = [1, 0.97, 0.9];
  const warm = sample(palette.ramp, 0.97);
  const colour: Rgb = [...warm];
  cover(colour, moon ? white : palette.accents[0], moon ? 0.6 : 0.35);
  const side = random.chance(0.5) ? random.between(0.24, 0.4) : random.between(0.6, 0.76);
  const orb: Orb = {
    x: width * side,
    y: horizon - random.between(orbHeight[0], orbHeight[1]),
    radius: random.between(0.045, 0.085) * (mood.mist > 0.8 ? 1.35 : 1),
    colour,
  };
  const cloudiness = stormy ? 1 : random.between(0.15, 0.6);
  const cloudHeight = horizon * random.between(0.35, 0.85);
  const stretch = random.between(3.5, 7);
  const starry = mood.time === "night" ? (stormy ? 0.2 : 1) : mood.time === "dusk" && !stormy ? 0.35 : 0;
  const cloudTone = (mood.time === "night" ? 0.38 : 0.93) * (stormy ? 0.7 : 1);
  const cloud = sample(palette.ramp, cloudTone);
  const shadow = sample(palette.ramp, mix(zenith, low, 0.25));
  const discLight = moon ? 1.15 : 1.7;
  const glowLight = mood.time === "night" ? 0.5 : 0.62;
  const air = sample(palette.ramp, low);
  // Moonlight in the air takes the colour of the night; only the moon itself is white.
  const halo: Rgb = mood.time === "night" ? sample(palette.ramp, 0.62) : colour;
  const glow: Rgb = [...air];
  cover(glow, halo, 0.45);

  const shade: Shade = (x, y, out) => {
    const height = clamp(y / horizon, 0, 1);
    const drift = noise.at(x * 1.1 + 40, y * 2.3) * 0.035;
    palette.ramp(mix(zenith, low, height * height * (0.45 + 0.55 * height)) + drift, out);
    if (starry > 0) starlight(x, y, starry * (1 - height * 0.9), seed, scene.pixel, out);

    const dx = x - orb.x;
    const dy = y - orb.y;
    const distance = Math.sqrt(dx * dx + dy * dy);
    const near = distance / orb.radius;
    illuminate(out, halo, glowLight * (0.75 / (1 + near * near * 0.16) + 0.22 * bell(dy, 0.16) * exp(-Math.abs(dx) * 1.6)));
    const disc = clamp(0.5 - (distance - orb.radius) / scene.pixel);
    if (disc > 0) {
      const seas = moon ? 0.86 + 0.3 * noise.layered((dx / orb.radius) * 1.3 + 9, (dy / orb.radius) * 1.3, 3) : 1;
      cover(out, [colour[0] * discLight * seas, colour[1] * discLight * seas, colour[2] * discLight * seas], disc);
    }

    const band = cloudiness > 0.9 ? 1 : bell(y - cloudHeight, 0.16 + 0.2 * cloudiness);
    if (band > 0.02) {
      const bend = noise.at(x * 0.9, y * 2 + 7) * 0.35;
      const body = noise.layered(x * 1.5 + bend, y * stretch + bend * 2 + 3, 5);
      const dense = smoothstep(0.28 - 0.42 * cloudiness, 0.62 - 0.25 * cloudiness, body + 0.1) * band;
      const lit = clamp(0.5 + noise.layered(x * 1.5 + bend, (y + 0.03) * stretch + bend * 2 + 3, 2) * -1 + body * 0.8);
      cover(out, shadow, dense * (stormy ? 0.85 : 0.35) * (1 - lit));
      cover(out, cloud, dense * 0.62 * lit);
      illuminate(out, halo, dense * 0.5 * exp(-distance * 5) * glowLight);
    }
  };
  return { shade, orb, air, glow };
}

/** Stars: at most one in each cell of a fine grid, of uneven brightness. */
function starlight(x: number, y: number, strength: number, seed: number, pixel: number, out: Rgb): void {
  const cell = 0.017;
  const cx = Math.floor(x / cell);
  const cy = Math.floor(y / cell);
  const luck = hashPoint(cx, cy, seed);
  if (luck > 0.11) return;
  const sx = (cx + 0.25 + 0.5 * hashPoint(cx, cy, seed + 1)) * cell - x;
  const sy = (cy + 0.25 + 0.5 * hashPoint(cx, cy, seed + 2)) * cell - y;
  const magnitude = luck / 0.11;
  const bright = magnitude * magnitude * magnitude * magnitude;
  const size = Math.max(pixel * 0.75, 0.0008 + bright * 0.0011);
  const light = exp(-(sx * sx + sy * sy) / (size * size)) * (0.12 + 1.1 * bright) * strength;
  illuminate(out, [1, 0.96, 0.92], light);
}
