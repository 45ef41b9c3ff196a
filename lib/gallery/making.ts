/** The words of making a picture, shared by server and browser: with what it can be made, and what is told on the way. Pure data. */
import type { Generation } from "@/lib/gallery/generation";
import type { GenerationRequest } from "@/lib/gallery/requests";

/** A generator as the form shows it. */
export type Engine = {
  id: string;
  label: string;
  note: string;
  /** Why it cannot be used here; null when it can. */
  unavailable: string | null;
  /** What the person must allow first. It is then their account that pays. */
  scope: string | null;
  hasModels: boolean;
};

/** A model that can be chosen, as far as anything is known about it. */
export type ImageModel = {
  /** As on the Hub: `owner/name`. */
  id: string;
  /** Where one reads about it. */
  page: string;
  /** Who runs it, in words; null for a Space, which does so itself. */
  provider: string | null;
  /** As the Hub tags it: `apache-2.0`. */
  license: string | null;
  /** Its owner asks everyone to accept terms first. */
  gated: boolean;
  /** Roughly, for one picture, in US dollars. */
  price: number | null;
  /** Median of the pictures that were made here lately. */
  usualSeconds: number | null;
  /** What it takes beside words and size: the usual value and the largest. What is missing is not shown. */
  steps: { usual: number; most: number } | null;
  guidance: { usual: number; most: number } | null;
  negativePrompt: boolean;
  seed: boolean;
};

/**
 * A picture in the making, or one that could not be made. It goes on when nobody watches: `DELETE /api/jobs/[id]` is what stops it,
 * and what takes away one that failed.
 */
export type MakingJob = { id: string; request: GenerationRequest; startedAt: string };

/** What stopping a picture in the making cannot undo: a service that had begun may bill it all the same. */
export type Stopped = { mayBeBilled: boolean };

/**
 * Why there is no picture. `retryAt` (ISO 8601): when it makes sense to try again, where that is known. `resumable`: a service has taken
 * the work on, and `POST /api/jobs/[id]` looks for it once more instead of asking and paying again.
 */
export type MakingFailure = {
  code: string;
  message: string;
  id: string | null;
  retryAt?: string | undefined;
  resumable?: boolean | undefined;
};

/** What the server tells while a picture is being made (`text/event-stream`; the event's name is `type`). */
export type MakingEvent =
  | { type: "started"; job: MakingJob }
  | { type: "queued"; position: number | null }
  | { type: "progress"; done: number; total: number }
  | { type: "waking" }
  | { type: "running"; usualSeconds: number | null }
  | { type: "downloading"; bytes: number; total: number | null }
  | { type: "preview"; src: string }
  | { type: "stored"; item: Generation }
  | { type: "saved"; item: Generation }
  | { type: "failed"; error: MakingFailure };
