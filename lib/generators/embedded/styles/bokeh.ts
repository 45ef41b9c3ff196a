/** Lights out of focus: discs of light at many depths, far ones soft, near ones large with a bright rim. */
import { type Canvas, fill, illuminatePixel } from "../canvas.ts";
import { blend, type Rgb, sample } from "../colour.ts";
import { clamp, mix, smoothstep } from "../maths.ts";
import type { Style } from "../scene.ts";

type Light = { x: number; y: number; radius: number; colour: Rgb; strength: number; blur: number };

export const bokeh: Style = (scene, canvas) => {
  const { height, mood, noise, palette, pixel, random, width } = scene;
  const zenith = sample(palette.ramp, 0.03);
  const glow = sample(palette.ramp, 0.27);
  const horizon = height * random.between(0.4, 0.75);
  const lean = random.between(-0.35, 0.35);
  const tints = [0.5, 0.62, 0.74, 0.86]
    .map((t) => sample(palette.ramp, t))
    .concat([palette.accents[0], palette.accents[0], palette.accents[1]]);
  const lights: Light[] = [];
  const count = 230 + random.below(90);
  for (let i = 0; i < count; i++) {
    const near = i / count;
    // Lights gather in clusters along a tilted band; the nearest wander off it.
    const x = random.between(-0.05, 1.05) * width;
    const cluster = 0.5 + noise.at(x * 2.2 + 5, 3) * 0.9;
    if (random.next() > 0.25 + cluster && near < 0.8) continue;
    const spread = (random.next() + random.next() + random.next() - 1.5) * mix(0.32, 0.85, near);
    const radius = mix(0.006, 0.1, near * near * near) * random.between(0.7, 1.4);
    const colour = blend(tints[random.below(tints.length)] ?? glow, sample(palette.ramp, 0.97), random.between(0, 0.25));
    lights.push({
      x,
      y: horizon + (x - width / 2) * lean + spread * height * 0.55,
      radius,
      colour,
      strength: random.between(0.25, 1) * mix(1.3, 0.22, near),
      blur: mix(0.35, 0.06, near),
    });
  }
  const cost = ({ radius }: Light) => Math.max(1, Math.ceil(radius * radius * 20000));
  const rows = Math.ceil(canvas.height / 8);
  const units = rows * 4 + lights.reduce((sum, light) => sum + cost(light), 0) + (mood.rain ? rows : 0);
  return { units, steps: paint() };

  function* paint(): Iterable<number> {
    fill(canvas, zenith);
    for (let row = 0; row < rows; row++) {
      for (let y = row * 8; y < Math.min(canvas.height, row * 8 + 8); y++) background(y);
      yield 4;
    }
    for (const light of lights) {
      paintLight(canvas, light, mood.energy);
      yield cost(light);
    }
    if (!mood.rain) return;
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < 3; i++) paintDrop(canvas, random.between(0, width), random.between(0, height), random.between(0.003, 0.011));
      yield 1;
    }
  }

  function background(y: number): void {
    for (let x = 0; x < canvas.width; x++) {
      const [u, v] = [x * pixel, y * pixel];
      const away = Math.abs(v - horizon - (u - width / 2) * lean) / height;
      const cloud = 0.5 + 0.8 * noise.layered(u * 1.6, v * 1.6, 2);
      illuminatePixel(canvas, x, y, glow, clamp(cloud) * (1 - smoothstep(0, 0.62, away)) * 1.15);
    }
  }
};

function paintLight(canvas: Canvas, { blur, colour, radius, strength, x, y }: Light, energy: number): void {
  const { unit } = canvas;
  const soft = Math.max(radius * blur, 1 / unit);
  const reach = radius * 1.5 + soft;
  for (let py = Math.floor((y - reach) * unit); py <= (y + reach) * unit; py++) {
    for (let px = Math.floor((x - reach) * unit); px <= (x + reach) * unit; px++) {
      const dx = (px + 0.5) / unit - x;
      const dy = (py + 0.5) / unit - y;
      const from = Math.sqrt(dx * dx + dy * dy);
      const disc = 1 - smoothstep(radius - soft, radius + soft * 0.4, from);
      const rim = 0.62 + 0.38 * smoothstep(0.55, 0.97, from / radius) + 0.1 * (dy / radius);
      const halo = clamp(1 - from / (radius * 1.5)) * 0.1 * (0.5 + energy);
      illuminatePixel(canvas, px, py, colour, strength * (disc * rim + halo) * 1.05);
    }
  }
}

/** A drop on a window: a small lens that shows the lights upside down; here its bright lower edge and dark upper one. */
function paintDrop(canvas: Canvas, x: number, y: number, radius: number): void {
  const { unit } = canvas;
  for (let py = Math.floor((y - radius) * unit); py <= (y + radius) * unit; py++) {
    for (let px = Math.floor((x - radius) * unit); px <= (x + radius) * unit; px++) {
      const dx = ((px + 0.5) / unit - x) / radius;
      const dy = ((py + 0.5) / unit - y) / (radius * 0.92);
      const from = Math.sqrt(dx * dx + dy * dy);
      const inside = clamp((1 - from) * radius * unit);
      if (inside === 0) continue;
      const sparkle = 1 - smoothstep(0, 0.24, Math.sqrt((dx + 0.35) * (dx + 0.35) + (dy + 0.4) * (dy + 0.4)));
      illuminatePixel(canvas, px, py, [0.8, 0.85, 0.9], inside * (0.2 * from * from * clamp(dy + 0.4) + 0.55 * sparkle - 0.03));
    }
  }
}
