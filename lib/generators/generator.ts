/**
 * What makes pictures. A generator is a leaf: it gets its settings as arguments and knows nothing of people, HTTP or storage.
 * Adding one is one file and one line in `index.ts`.
 */
import type { ImageType } from "@/lib/gallery/generation";
import type { ImageModel } from "@/lib/gallery/making";

/** What to make. `seed` is always given: the gallery draws one when the person did not. Sizes are in pixels. */
export type ImageRequest = {
  prompt: string;
  width: number;
  height: number;
  seed: number;
  /** For generators that have models, and for models that take them; what one does not take is left out. */
  model?: string | undefined;
  steps?: number | undefined;
  guidance?: number | undefined;
  negativePrompt?: string | undefined;
};

/** True things about work under way; never an estimate dressed up as a measurement. */
export type Progress =
  /** Waiting; `position` 1 is next, null is not told. */
  | { type: "queued"; position: number | null }
  /** What makes it was asleep and is being woken. */
  | { type: "waking" }
  /** A machine elsewhere is at work and does not tell how far it is; `usualSeconds` is the median of what came before. */
  | { type: "running"; usualSeconds: number | null }
  /** The finished picture is on its way; `total` is null when nobody said how large it is. */
  | { type: "downloading"; bytes: number; total: number | null }
  /** Units of work that are done, of a total that is known. */
  | { type: "progress"; done: number; total: number }
  /** The picture as far as it has got: a small image as a `data:` URL. */
  | { type: "preview"; src: string };

/** Whose account pays for work elsewhere. The token stays in memory, for the time of the work. */
export type Account = { token: string; billTo?: string | undefined };

export type MakingOptions = {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  account?: Account | undefined;
  /** A service has taken the work on, and may bill it: the ticket, a short text without secrets, is enough to fetch the result later. */
  onAccepted?: ((ticket: string) => void) | undefined;
  /** Fetches work that was accepted before, instead of asking for it again. */
  ticket?: string | undefined;
};

export type GeneratedImage = {
  bytes: Uint8Array<ArrayBuffer>;
  type: ImageType;
  width: number;
  height: number;
  /** The trained model that made it, named as people know it; null says that none did, and downloads then say so to other tools. */
  model: string | null;
  parameters: Record<string, string | number | boolean | null>;
  /** The seed that was really used, where it is another one than was asked for. */
  seed?: number | undefined;
};

export type Generator = {
  /** As it stands in manifests and addresses: never changed once pictures were made. */
  id: string;
  /** What people read: the name, and a short line about what it is. */
  label: string;
  note: string;
  /** One sentence for people on why it cannot be used in this installation; null when it can. */
  unavailable: () => string | null;
  /** What a person must allow this app before it can be used; without one, nothing. */
  scope?: string | undefined;
  /** It acts in the name of the person who asks, and what every sign-in allows is enough for that. */
  inTheirName?: boolean | undefined;
  /** Whether this installation has it at all; without this, always. */
  isInstalled?: (() => boolean) | undefined;
  /** For the owner, one sentence on what is wrong with how it is set up; null when nothing is known to be. */
  problem?: (() => Promise<string | null>) | undefined;
  /** The models that can be chosen, the default one first. */
  models?: (() => Promise<ImageModel[]>) | undefined;
  /**
   * Makes one image. Aborting the signal really stops the work and rejects with the signal's reason.
   * @throws Failure `generator_failed`, `generator_unavailable`, and for work elsewhere those of `model_…` and of the account
   */
  generate(request: ImageRequest, options: MakingOptions): Promise<GeneratedImage>;
};
