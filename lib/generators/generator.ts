/**
 * What makes pictures. A generator is a leaf: it gets its settings as arguments and knows nothing of people, HTTP or storage.
 * Adding one is one file and one line in `index.ts`.
 */
import type { ImageType } from "@/lib/gallery/generation";

/** What to make. `seed` is always given: the gallery draws one when the person did not. Sizes are in pixels. */
export type ImageRequest = { prompt: string; width: number; height: number; seed: number };

/** True things about work under way; never an estimate dressed up as a measurement. */
export type Progress =
  /** Waiting; `position` 1 is next. */
  | { type: "queued"; position: number }
  /** Units of work that are done, of a total that is known. */
  | { type: "progress"; done: number; total: number }
  /** The picture as far as it has got: a small image as a `data:` URL. */
  | { type: "preview"; src: string };

export type GeneratedImage = {
  bytes: Uint8Array<ArrayBuffer>;
  type: ImageType;
  width: number;
  height: number;
  model: string | null;
  parameters: Record<string, string | number | boolean | null>;
};

export type Generator = {
  /** As it stands in manifests and addresses: never changed once pictures were made. */
  id: string;
  /** What people read: the name, and a short line about what it is. */
  label: string;
  note: string;
  /** One sentence for people on why it cannot be used in this installation; null when it can. */
  unavailable: () => string | null;
  /**
   * Makes one image. Aborting the signal really stops the work and rejects with the signal's reason.
   * @throws Failure `generator_failed`, `generator_unavailable`
   */
  generate(request: ImageRequest, options: { signal: AbortSignal; onProgress: (progress: Progress) => void }): Promise<GeneratedImage>;
};
