/** Deep space: a nebula folded out of noise, lanes of dust, stars in three sizes, and now and then a planet. */
import { blend, cover, illuminate, type Rgb, sample } from "../colour.ts";
import { bell, clamp, cos, exp, sin, smoothstep, tau } from "../maths.ts";
import { hashPoint } from "../random.ts";
import type { Scene, Style } from "../scene.ts";
import { shaded } from "../shading.ts";

type Star = { x: number; y: number; size: number; colour: Rgb };

export const cosmos: Style = (scene, canvas) => {
  const { height, mood, noise, palette, random, seed, width } = scene;
  const angle = random.between(0, tau);
  const [turnX, turnY] = [cos(angle), sin(angle)];
  const centre = { x: width * random.between(0.3, 0.7), y: height * random.between(0.3, 0.7) };
  const breadth = random.between(0.2, 0.4);
  const zoom = random.between(1.1, 1.8);
  const body = mood.orb !== null || random.chance(0.5) ? createPlanet(scene) : null;
  const second = blend(palette.accents[1], sample(palette.ramp, 0.5), 0.25);
  const night: Rgb = [0.004, 0.004, 0.012];
  cover(night, sample(palette.ramp, 0), 0.5);
  const stars = Array.from({ length: 7 + random.below(7) }, (): Star => {
    const colour = sample(palette.ramp, random.between(0.8, 1));
    const size = random.next();
    return { x: random.between(0, width), y: random.between(0, height), size: 0.0016 + 0.0034 * size * size * size, colour };
  });

  return shaded(canvas, (x, y, out) => {
    const px = (x - centre.x) * zoom;
    const py = (y - centre.y) * zoom;
    const ax = noise.layered(px + 3, py + 1, 3);
    const ay = noise.layered(px - 7, py + 9, 3);
    const bx = px + ax * 1.3;
    const by = py + ay * 1.3;
    const across = (px * turnY - py * turnX) / zoom + ax * 0.35;
    const band = bell(across, breadth);
    const gas = noise.ridged(bx * 1.2 + 20, by * 1.2, 5);
    const glow = clamp(noise.layered(bx * 0.8, by * 0.8 + 30, 4) * 1.3 + 0.5);
    const dust = smoothstep(0.05, 0.5, noise.layered(bx * 1.9 + 50, by * 1.9, 5)) * band;

    out[0] = night[0];
    out[1] = night[1];
    out[2] = night[2];
    const density = clamp(band * (0.2 + 0.95 * glow) + 0.1 * glow);
    const tint: Rgb = [0, 0, 0];
    palette.ramp(0.1 + 0.62 * density + ay * 0.35, tint);
    illuminate(out, tint, density * (0.3 + 1.35 * gas * gas));
    // A second gas of another colour, where the first was bent aside.
    illuminate(out, second, clamp(ay * 1.6 + 0.1) * density * (0.12 + 0.5 * gas * gas));
    palette.ramp(0.62 + 0.35 * gas, tint);
    illuminate(out, tint, smoothstep(0.5, 0.95, gas) * density * density * 0.85);
    illuminate(out, palette.accents[1], clamp(ax * 0.9) * band * 0.16);
    out[0] *= 1 - 0.72 * dust;
    out[1] *= 1 - 0.76 * dust;
    out[2] *= 1 - 0.74 * dust;

    smallStars(x, y, seed, scene.pixel, 0.35 + band, out);
    for (const star of stars) {
      const dx = Math.abs(x - star.x);
      const dy = Math.abs(y - star.y);
      if (dx > 0.12 || dy > 0.12) continue;
      const distance = Math.sqrt(dx * dx + dy * dy);
      const spikes =
        exp(-dx / (star.size * 0.32)) * exp(-dy / (star.size * 6)) + exp(-dy / (star.size * 0.32)) * exp(-dx / (star.size * 6));
      illuminate(out, star.colour, 1.6 * bell(distance, star.size) + 0.5 * spikes + 0.12 * exp(-distance / (star.size * 3.5)));
    }
    body?.(x, y, out);
  });
};

function smallStars(x: number, y: number, seed: number, pixel: number, density: number, out: Rgb): void {
  for (let scale = 1; scale <= 2; scale++) {
    const cell = 0.009 * scale * scale;
    const cx = Math.floor(x / cell);
    const cy = Math.floor(y / cell);
    const luck = hashPoint(cx, cy, seed + scale);
    if (luck > 0.11 * density) continue;
    const dx = (cx + 0.3 + 0.4 * hashPoint(cx, cy, seed + 11)) * cell - x;
    const dy = (cy + 0.3 + 0.4 * hashPoint(cx, cy, seed + 12)) * cell - y;
    const bright = hashPoint(cx, cy, seed + 13);
    const size = Math.max(pixel * 0.7, 0.0007 * scale);
    const warm = hashPoint(cx, cy, seed + 14);
    illuminate(
      out,
      [0.8 + 0.3 * warm, 0.92, 1.15 - 0.3 * warm],
      exp(-(dx * dx + dy * dy) / (size * size)) * bright * bright * (0.5 + 0.5 * scale),
    );
  }
}

/** A planet lit from one side, banded or cratered, sometimes with a ring. */
function createPlanet({ height, noise, palette, pixel, random, width }: Scene): (x: number, y: number, out: Rgb) => void {
  const radius = random.between(0.1, 0.24);
  const at = { x: width * random.between(0.22, 0.78), y: height * random.between(0.25, 0.75) };
  const tilt = random.between(-0.5, 0.5);
  const [cosTilt, sinTilt] = [cos(tilt), sin(tilt)];
  const sunAngle = random.between(0, tau);
  const sun = { x: cos(sunAngle) * 0.75, y: sin(sunAngle) * 0.75, z: 0.6 };
  const banded = random.chance(0.6);
  const ringed = random.chance(0.55);
  const flat = random.between(0.18, 0.34);
  const air = sample(palette.ramp, 0.85);

  return (x, y, out) => {
    const u = ((x - at.x) * cosTilt + (y - at.y) * sinTilt) / radius;
    const v = (-(x - at.x) * sinTilt + (y - at.y) * cosTilt) / radius;
    const from = Math.sqrt(u * u + v * v);
    if (from > 2.6) return;
    const edge = pixel / radius;
    const disc = clamp(0.5 - (from - 1) / edge);
    if (disc > 0) {
      const z = Math.sqrt(Math.max(0, 1 - from * from));
      const lx = sun.x * cosTilt + sun.y * sinTilt;
      const ly = -sun.x * sinTilt + sun.y * cosTilt;
      const light = smoothstep(-0.12, 0.95, u * lx + v * ly + z * sun.z);
      const swirl = noise.layered(u * 1.6 + 60, v * (banded ? 5 : 1.8), 5);
      const tone = banded ? 0.56 + 0.3 * sin(v * 9 + swirl * 3.2) + swirl * 0.25 : 0.5 + swirl * 0.7;
      const face: Rgb = [0, 0, 0];
      palette.ramp(clamp(tone, 0.12, 0.95), face);
      const shadow = 0.012 + 1.02 * light;
      cover(out, [face[0] * shadow, face[1] * shadow, face[2] * shadow], disc);
      illuminate(out, air, disc * light * bell(1 - from, 0.16) * 0.3);
    } else illuminate(out, air, 0.22 * exp((1 - from) * 13) * clamp(0.55 + u * sun.x + v * sun.y));
    if (!ringed) return;
    const ring = Math.sqrt(u * u + (v / flat) * (v / flat));
    if (ring < 1.25 || ring > 2.5 || (v < 0 && from < 1)) return;
    const groove = 0.55 + 0.45 * noise.layered(ring * 13, 3, 4);
    const body = smoothstep(1.28, 1.38, ring) * smoothstep(2.4, 2.15, ring) * clamp(groove) * (Math.abs(ring - 1.86) < 0.035 ? 0.15 : 1);
    cover(out, air, body * 0.72);
  };
}
