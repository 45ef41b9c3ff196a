/** What the pool and its worker threads say to each other. */
import type { Picture, PictureRequest, Pixels } from "./render.ts";

/** One picture to make. `stop` holds one 32-bit integer; anything but 0 asks the worker to give up. */
export type Job = { request: PictureRequest; stop: SharedArrayBuffer };

export type Message =
  | { type: "progress"; done: number; total: number }
  | { type: "preview"; preview: Pixels }
  | { type: "finished"; picture: Picture }
  | { type: "stopped" };
