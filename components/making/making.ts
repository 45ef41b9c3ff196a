import { ApiFailure, request, unreachable } from "@/components/api-client";
import { readEvents } from "@/components/event-stream";
import type { Generation, MakingEvent } from "@/lib/gallery/generation";

/** What a person asks for; without a seed the server draws one. Sizes are in pixels. */
export type MakingRequest = { prompt: string; width: number; height: number; seed?: number };

export type MakingFailure = { code: string; message: string; id: string | null };

/** A picture that is being made in this browser, or could not be. */
export type Job = {
  key: number;
  request: MakingRequest;
  state:
    | { phase: "starting" }
    | { phase: "queued"; position: number | null }
    | { phase: "developing"; done: number; total: number }
    | { phase: "running"; usualSeconds: number | null }
    | { phase: "downloading"; bytes: number; total: number | null }
    | { phase: "failed"; failure: MakingFailure };
  /** The picture as far as it has got: a `data:` URL. */
  preview: string | null;
};

type Report = (event: Exclude<MakingEvent, { type: "saved" | "failed" }>) => void;

/**
 * Makes one picture, reports when it is stored, and resolves with it once it is saved or that takes too long to be waited for. Aborting
 * the signal stops the work on the server too.
 * @throws ApiFailure with a sentence for people
 * @throws the signal's reason when it was aborted
 */
export async function makePicture(wanted: MakingRequest, report: Report, signal: AbortSignal): Promise<Generation> {
  const response = await request("POST", "/api/generations", { body: wanted, accept: "text/event-stream", signal });
  if (!response.body) throw unreachable();
  let stored: Generation | null = null;
  try {
    for await (const event of readEvents<MakingEvent>(response.body)) {
      if (event.type === "saved") return event.item;
      if (event.type === "failed") throw new ApiFailure(event.error.code, event.error.message, event.error.id);
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
  return /^(?:prompt_|size_|seed_|request_|body_|signed_out|sign_in_|foreign_)/.test(code);
}
