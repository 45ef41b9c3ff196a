/** Cut paper: sheets laid over each other with shaped holes, each throwing its shadow on the one below. */
import { cover, type Rgb, sample } from "../colour.ts";
import { clamp, cos, mix, sin, smoothstep, tau } from "../maths.ts";
import type { Style } from "../scene.ts";
import { shaded } from "../shading.ts";

export const papercut: Style = (scene, canvas) => {
  const { height, mood, noise, palette, pixel, random, width } = scene;
  const sheets = 8 + random.below(4);
  const zoom = random.between(0.95, 1.6) * mix(0.85, 1.2, mood.energy);
  const hollow = random.chance(0.6);
  const inward = random.chance(0.7);
  const centre = { x: width * random.between(0.35, 0.65), y: height * random.between(0.35, 0.65) };
  const angle = random.between(0.6, 1.1);
  const shadowX = -cos(angle) * 0.028;
  const shadowY = -sin(angle) * 0.028;
  const accent = 1 + random.below(sheets - 2);
  const twist = random.between(0, tau);
  const colours = Array.from({ length: sheets }, (_, i): Rgb => {
    const t = i / (sheets - 1);
    const colour = sample(palette.ramp, mix(0.04, 0.97, inward ? t : 1 - t));
    if (i === accent) cover(colour, palette.accents[0], 0.85);
    return colour;
  });
  const last = sheets - 1;

  /** The depth of the relief at a place, in sheets. */
  function relief(x: number, y: number): number {
    const px = (x - centre.x) * zoom;
    const py = (y - centre.y) * zoom;
    const bend = noise.at(px * 0.9 + 7 + twist, py * 0.9) * 0.55;
    const field = noise.at(px * 1.3 + bend, py * 1.3 - bend + 3) * 0.62 + noise.at(px * 2.7 - bend + 20, py * 2.7 + bend) * 0.2;
    const ring = hollow ? Math.sqrt(px * px + py * py) * 1.45 - 0.42 : (px * cos(twist) + py * sin(twist)) * 0.8 + 0.02;
    return clamp(0.42 + field * 0.75 + ring * 0.55, 0, 0.9999) * sheets;
  }

  return shaded(canvas, (x, y, out) => {
    const depth = relief(x, y);
    const sheet = Math.floor(depth);
    const slope = Math.max(Math.abs(relief(x + pixel, y) - depth), Math.abs(relief(x, y + pixel) - depth), 0.0001);
    // The nearest edge below this place, softened over a pixel, and a bright line where the cut shows the paper's thickness.
    const part = depth - sheet;
    const edge = sheet > 0 ? clamp(part / slope) : 1;
    surface(sheet, x, y, out);
    if (edge < 1) {
      const below: Rgb = [0, 0, 0];
      surface(sheet - 1, x, y, below);
      shade(sheet - 1, x, y, below);
      shade(sheet, x, y, out);
      cover(out, below, 1 - edge);
      return;
    }
    shade(sheet, x, y, out);
    const rim = smoothstep(3.2, 0.6, part / slope);
    if (sheet > 0) cover(out, [out[0] * 1.25 + 0.05, out[1] * 1.25 + 0.05, out[2] * 1.25 + 0.05], rim * 0.7);
  });

  function surface(sheet: number, x: number, y: number, out: Rgb): void {
    const colour = colours[clamp(sheet, 0, last)] ?? [0, 0, 0];
    const fibre = 1 + 0.035 * noise.at(x * 95 + sheet * 13, y * 95) + 0.03 * noise.at(x * 11, y * 11 + sheet * 5);
    out[0] = colour[0] * fibre;
    out[1] = colour[1] * fibre;
    out[2] = colour[2] * fibre;
  }

  function shade(sheet: number, x: number, y: number, out: Rgb): void {
    const soft =
      smoothstep(0, 1, relief(x + shadowX, y + shadowY) - sheet - 1) +
      smoothstep(-0.15, 0.7, relief(x + shadowX * 0.4, y + shadowY * 0.4) - sheet - 1);
    const wide = smoothstep(-0.4, 1.6, relief(x + shadowX * 2, y + shadowY * 2) - sheet - 1);
    const dark = 1 - clamp(soft * 0.36 + wide * 0.34, 0, 0.78);
    out[0] *= dark;
    out[1] *= dark;
    out[2] *= dark;
  }
};
