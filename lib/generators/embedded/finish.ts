/** From linear light to the 8-bit picture: the lens (vignette), the film (shoulder, grain) and the dither. */
import type { Canvas } from "./canvas.ts";
import { encode } from "./colour.ts";
import { scramble } from "./random.ts";

export type Finish = {
  /** How much darker the corners are, 0 to 1. */
  vignette: number;
  /** Grain, in steps of an 8-bit channel. */
  grain: number;
};

/** Light above this bends towards white instead of being cut off, so that a sun keeps its edge and its colour. */
const knee = 0.75;

function shoulder(light: number): number {
  if (light <= knee) return light;
  const over = (light - knee) / (1 - knee);
  return knee + (1 - knee) * (over / (1 + over));
}

/** Finishes one row into RGBA. The dither is triangular, ±1 step, from a hash of the pixel: gradients never show bands. */
export function finishRow(canvas: Canvas, y: number, { vignette, grain }: Finish, pixels: Uint8Array): void {
  const { width, height, light } = canvas;
  const dy = (y + 0.5) / height - 0.5;
  for (let x = 0; x < width; x++) {
    const dx = (x + 0.5) / width - 0.5;
    const corner = (dx * dx + dy * dy) * 2;
    const lens = 1 - vignette * corner * corner;
    const i = y * width + x;
    const h = scramble(i + 0x5bd1e995);
    const common = (((h & 1023) + ((h >>> 10) & 1023)) / 1023 - 1) * grain;
    const g = scramble(h ^ 0x2545f491);
    for (let c = 0; c < 3; c++) {
      const value = encode(shoulder((light[i * 3 + c] as number) * lens));
      const dither = (((g >>> (c * 10)) & 1023) + ((h >>> (2 + c * 10)) & 1023)) / 1023 - 1;
      pixels[i * 4 + c] = Math.max(0, Math.min(255, Math.floor(value + common + dither * 0.75 + 0.5)));
    }
    pixels[i * 4 + 3] = 255;
  }
}

/** A small picture of the canvas as it is now, at most `side` pixels on its longer side. */
export function snapshot(canvas: Canvas, side: number, finish: Finish): { width: number; height: number; pixels: Uint8Array<ArrayBuffer> } {
  const factor = Math.max(1, Math.max(canvas.width, canvas.height) / side);
  const width = Math.max(1, Math.round(canvas.width / factor));
  const height = Math.max(1, Math.round(canvas.height / factor));
  const small: Canvas = { width, height, unit: Math.min(width, height), light: new Float32Array(width * height * 3) };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) small.light[(y * width + x) * 3 + c] = mean(canvas, x * factor, y * factor, factor, c);
    }
  }
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) finishRow(small, y, { ...finish, grain: 0 }, pixels);
  return { width, height, pixels };
}

/** The mean of 3 × 3 places within a square of the canvas. */
function mean({ width, height, light }: Canvas, left: number, top: number, size: number, channel: number): number {
  let sum = 0;
  for (let j = 0; j < 3; j++) {
    for (let i = 0; i < 3; i++) {
      const x = Math.min(width - 1, Math.floor(left + ((i + 0.5) * size) / 3));
      const y = Math.min(height - 1, Math.floor(top + ((j + 0.5) * size) / 3));
      sum += light[(y * width + x) * 3 + channel] as number;
    }
  }
  return sum / 9;
}
