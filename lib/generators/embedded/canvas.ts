import type { Rgb } from "./colour.ts";
import { clamp } from "./maths.ts";

/**
 * What is painted on: linear light, three floats per pixel. Painters measure in units of the shorter side, so that a picture
 * has the same composition at every resolution.
 */
export type Canvas = {
  width: number;
  height: number;
  /** Pixels per unit. */
  unit: number;
  light: Float32Array;
};

export function createCanvas(width: number, height: number): Canvas {
  return { width, height, unit: Math.min(width, height), light: new Float32Array(width * height * 3) };
}

export function fill(canvas: Canvas, colour: Rgb): void {
  for (let i = 0; i < canvas.light.length; i += 3) canvas.light.set(colour, i);
}

/** Lays a colour over one pixel; `amount` from 0 to 1. Pixels outside do not matter. */
export function coverPixel(canvas: Canvas, x: number, y: number, colour: Rgb, amount: number): void {
  if (x < 0 || y < 0 || x >= canvas.width || y >= canvas.height) return;
  const i = (y * canvas.width + x) * 3;
  const { light } = canvas;
  light[i] = (light[i] as number) + (colour[0] - (light[i] as number)) * amount;
  light[i + 1] = (light[i + 1] as number) + (colour[1] - (light[i + 1] as number)) * amount;
  light[i + 2] = (light[i + 2] as number) + (colour[2] - (light[i + 2] as number)) * amount;
}

/** Adds light to one pixel. */
export function illuminatePixel(canvas: Canvas, x: number, y: number, colour: Rgb, amount: number): void {
  if (x < 0 || y < 0 || x >= canvas.width || y >= canvas.height) return;
  const i = (y * canvas.width + x) * 3;
  const { light } = canvas;
  light[i] = (light[i] as number) + colour[0] * amount;
  light[i + 1] = (light[i + 1] as number) + colour[1] * amount;
  light[i + 2] = (light[i + 2] as number) + colour[2] * amount;
}

/** How much of a pixel lies inside an edge, from the distance to it in units (negative is inside). */
export function coverage(distance: number, unit: number): number {
  return clamp(0.5 - distance * unit);
}
