import type { Canvas } from "./canvas.ts";
import type { Noise } from "./noise.ts";
import type { Palette } from "./palettes.ts";
import type { Mood } from "./prompt.ts";
import type { Random } from "./random.ts";

/** Everything that a style works from. `width` and `height` are in units of the shorter side, as all its measures are. */
export type Scene = {
  width: number;
  height: number;
  /** One pixel, in units. */
  pixel: number;
  seed: number;
  random: Random;
  noise: Noise;
  palette: Palette;
  mood: Mood;
};

/**
 * A picture about to be painted: how many units of work it takes, and the work itself, which yields the units done by each
 * step. Steps take a few milliseconds at most, so that one can stop between them.
 */
export type Painting = { units: number; steps: Iterable<number> };

/** A style: composes a picture from the scene and returns the work of painting it. */
export type Style = (scene: Scene, canvas: Canvas) => Painting;
