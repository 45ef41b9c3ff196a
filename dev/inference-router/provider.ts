import type { ServerResponse } from "node:http";
import type { Job, Phase } from "./job.ts";

/** How one provider of the stand-in is asked and how it answers, beneath `/<provider>` of the router. */
export type Provider = {
  /** The model that a path asks for a picture, or null. */
  modelAsked: (path: string, body: Record<string, unknown>) => string | null;
  /** Prompt, size and seed as this provider reads them: what it does not know it does not use. */
  wanted: (body: Record<string, unknown>) => { prompt?: unknown; width?: unknown; height?: unknown; seed?: unknown };
  /** What a new job is answered with, once it may go on. */
  accept: (job: Job, phase: Phase, response: ServerResponse) => Promise<void> | void;
  /** Answers later requests about a job; false when it is not about one. */
  about?: (
    path: string,
    method: string,
    find: (id: string) => Job | undefined,
    phase: (job: Job) => Phase,
    response: ServerResponse,
  ) => boolean;
};
