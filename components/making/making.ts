import { ApiFailure, request, requestJson, unreachable } from "@/components/api-client";
import { readEvents } from "@/components/event-stream";
import type { Generation } from "@/lib/gallery/generation";
import type { MakingEvent, MakingFailure, MakingJob, Stopped } from "@/lib/gallery/making";

/** What a person asks for; without a seed the server draws one, and what is left out is as the model has it. Sizes are in pixels. */
export type MakingRequest = {
  prompt: string;
  width: number;
  height: number;
  seed?: number | undefined;
  generator?: string | undefined;
  model?: string | undefined;
  steps?: number | undefined;
  guidance?: number | undefined;
  negativePrompt?: string | undefined;
  billTo?: string | undefined;
};

/** A picture that is being made, here or from another page of the same person, or that could not be. */
export type Job = {
  key: number;
  /** The server's name for it, once it has begun. */
  id: string | null;
  request: MakingRequest;
  /** In milliseconds since 1970. */
  startedAt: number;
  state:
    | { phase: "starting" }
    | { phase: "queued"; position: number | null }
    | { phase: "developing"; done: number; total: number }
    | { phase: "waking" }
    | { phase: "running"; usualSeconds: number | null }
    | { phase: "downloading"; bytes: number; total: number | null }
    | { phase: "failed"; failure: MakingFailure };
  /** The picture as far as it has got: a `data:` URL. */
  preview: string | null;
};

/** The server's word on why there is no picture. */
export class NotMade extends ApiFailure {
  readonly failure: MakingFailure;

  constructor(failure: MakingFailure) {
    super(failure.code, failure.message, failure.id);
    this.failure = failure;
  }
}

type Report = (event: Exclude<MakingEvent, { type: "saved" | "failed" }>) => void;

/**
 * Asks for one picture, reports when it is stored, and resolves with it once it is saved or that takes too long to be waited for. The
 * server goes on when nobody listens.
 * @throws ApiFailure with a sentence for people; `unreachable` when the connection was lost
 * @throws the signal's reason when it was aborted
 */
export async function makePicture(wanted: MakingRequest, report: Report, signal: AbortSignal): Promise<Generation> {
  return listen(await request("POST", "/api/generations", { body: wanted, accept: "text/event-stream", signal }), report, signal);
}

/** As `makePicture`, for what is in the making already. @throws ApiFailure `not_found` when it is over */
export async function watchPicture(id: string, report: Report, signal: AbortSignal): Promise<Generation> {
  return listen(await request("GET", `/api/jobs/${id}`, { accept: "text/event-stream", signal }), report, signal);
}

/** As `makePicture`, for what a service had accepted and could not be fetched. */
export async function resumePicture(id: string, report: Report, signal: AbortSignal): Promise<Generation> {
  return listen(await request("POST", `/api/jobs/${id}`, { accept: "text/event-stream", signal }), report, signal);
}

/** What this person has in the making; none when the server does not say. */
export async function picturesInTheMaking(): Promise<MakingJob[]> {
  return requestJson<{ jobs: MakingJob[] }>("GET", "/api/jobs").then(
    ({ jobs }) => jobs,
    () => [],
  );
}

/** Stops what is in the making, or takes away what failed. It may be over already. */
export async function stopPicture(id: string): Promise<Stopped> {
  return requestJson<Stopped>("DELETE", `/api/jobs/${id}`).catch(() => ({ mayBeBilled: false }));
}

async function listen(response: Response, report: Report, signal: AbortSignal): Promise<Generation> {
  if (!response.body) throw unreachable();
  let stored: Generation | null = null;
  try {
    for await (const event of readEvents<MakingEvent>(response.body)) {
      if (event.type === "saved") return event.item;
      if (event.type === "failed") throw new NotMade(event.error);
      if (event.type === "stored") stored = event.item;
      report(event);
    }
  } catch (error) {
    signal.throwIfAborted();
    // What was stored is there, however the connection ended.
    if (stored) return stored;
    throw error instanceof ApiFailure ? error : unreachable();
  }
  signal.throwIfAborted();
  if (stored) return stored;
  throw unreachable();
}

/** Refusals that concern the form and not one picture: they are shown beside the words that caused them. */
export function concernsForm(code: string): boolean {
  return /^(?:prompt_|size_|seed_|request_|body_|signed_out|sign_in_|foreign_|scope_)/.test(code);
}
