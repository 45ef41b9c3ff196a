/** The parts of a plant, painted one by one: petals and leaves, stems, the heart of a blossom. */
import { type Canvas, coverage, coverPixel } from "../canvas.ts";
import { cover, type Rgb } from "../colour.ts";
import { bell, clamp, cos, power, sin, smoothstep, tau } from "../maths.ts";
import type { Scene } from "../scene.ts";

/** A petal or a leaf; it begins at x, y and points along its angle. */
export type Petal = {
  x: number;
  y: number;
  angle: number;
  length: number;
  width: number;
  /** Where it is broadest: above 1 nearer the tip, below 1 nearer the base. */
  fullness: number;
  /** How flat the flower lies, 1 facing us. */
  tilt: number;
  lean: number;
  base: Rgb;
  tip: Rgb;
  veins: number;
  bend: number;
};

export function paintPetal(canvas: Canvas, { noise, pixel }: Scene, petal: Petal): void {
  const { x, y, angle, length, width, fullness, tilt, lean, base, tip, veins, bend } = petal;
  const { unit } = canvas;
  const [cosA, sinA, cosL, sinL] = [cos(angle), sin(angle), cos(lean), sin(lean)];
  // The box around the petal: from its middle, half its length one way, its width and bend the other, and room for the tilt.
  const [middleX, middleY] = [x + cosA * length * 0.5, y + sinA * length * 0.5];
  const side = width * 1.08 + Math.abs(bend) * length;
  const room = (1 - tilt) * length + 2 * pixel;
  const reachX = Math.abs(cosA) * length * 0.5 + Math.abs(sinA) * side + room;
  const reachY = Math.abs(sinA) * length * 0.5 + Math.abs(cosA) * side + room;
  const face: Rgb = [0, 0, 0];
  for (let py = Math.floor((middleY - reachY) * unit); py <= (middleY + reachY) * unit; py++) {
    for (let px = Math.floor((middleX - reachX) * unit); px <= (middleX + reachX) * unit; px++) {
      const dx = (px + 0.5) * pixel - x;
      const dy = (py + 0.5) * pixel - y;
      // Undo the tilt: along one axis the flower is seen shortened.
      const a = dx * cosL + dy * sinL;
      const b = (-dx * sinL + dy * cosL) / tilt;
      const fx = a * cosL - b * sinL;
      const fy = a * sinL + b * cosL;
      const along = (fx * cosA + fy * sinA) / length;
      if (along <= 0 || along >= 1) continue;
      const across = -fx * sinA + fy * cosA - bend * along * along * length;
      if (Math.abs(across) > width * 1.08) continue;
      const wave = 1 + 0.05 * noise.at(along * 5 + x * 50, across * 20 + angle * 9);
      const rim = width * power(along, 0.5 * fullness) * Math.sqrt(1 - along * along * along * along) * wave;
      const inside = coverage((Math.abs(across) - rim) * 0.9, unit);
      if (inside === 0) continue;
      const s = across / Math.max(rim, 0.0001);
      const vein = sin(s * veins * 2.2 + noise.at(along * 4, s * 2 + angle) * 1.2) * 0.5 + 0.5;
      const t = clamp(along * 1.08 - 0.06 + noise.at(along * 3 + angle * 5, s * 1.5) * 0.16);
      face[0] = base[0];
      face[1] = base[1];
      face[2] = base[2];
      cover(face, tip, smoothstep(0, 1, t));
      const fold = 1 - 0.16 * bell(s, 0.09) - 0.12 * vein * along + 0.12 * s - 0.22 * (1 - smoothstep(0, 0.35, along));
      const edge = 1 + 0.1 * smoothstep(0.72, 1, Math.abs(s)) - 0.16 * smoothstep(0.9, 1, Math.abs(s));
      const shade = fold * edge;
      coverPixel(canvas, px, py, [face[0] * shade, face[1] * shade, face[2] * shade], inside * 0.93);
    }
  }
}

export function paintStem(canvas: Canvas, point: (t: number) => { x: number; y: number }, thick: number, colour: Rgb): void {
  const pieces = 260;
  for (let i = 0; i <= pieces; i++) {
    const { x, y } = point(i / pieces);
    dot(canvas, x, y, thick * (0.75 + 0.5 * (i / pieces)), colour, 0.8);
  }
}

export function paintHeart(
  canvas: Canvas,
  x: number,
  y: number,
  size: number,
  stamens: number,
  colour: Rgb,
  deep: Rgb,
  turn: number,
): void {
  dot(canvas, x, y, size * 0.13, deep, 0.85);
  for (let i = 0; i < stamens; i++) {
    // The golden angle spreads them evenly, as in a real flower.
    const angle = i * 2.399963 + turn * tau;
    const reach = size * 0.24 * Math.sqrt((i + 0.5) / stamens);
    const bright = 0.75 + 0.5 * (i / stamens);
    dot(
      canvas,
      x + cos(angle) * reach,
      y + sin(angle) * reach,
      Math.max(0.0016, size * 0.02),
      [colour[0] * bright, colour[1] * bright, colour[2] * bright],
      0.95,
    );
  }
}

function dot(canvas: Canvas, x: number, y: number, radius: number, colour: Rgb, strength: number): void {
  const { unit } = canvas;
  const reach = radius + 1 / unit;
  for (let py = Math.floor((y - reach) * unit); py <= (y + reach) * unit; py++) {
    for (let px = Math.floor((x - reach) * unit); px <= (x + reach) * unit; px++) {
      const dx = (px + 0.5) / unit - x;
      const dy = (py + 0.5) / unit - y;
      const inside = coverage(Math.sqrt(dx * dx + dy * dy) - radius, unit);
      if (inside > 0) coverPixel(canvas, px, py, colour, inside * strength);
    }
  }
}
