/** A picture that a provider of the stand-in was asked for. */
import { randomUUID } from "node:crypto";
import { draw, type Wanted } from "./pictures.ts";
import { type Way, waysIn } from "./scenario.ts";

export type Job = {
  id: string;
  wanted: Wanted;
  ways: ReadonlySet<Way>;
  since: number;
  cancelled: boolean;
  /** How often its file was asked for, and how often it was asked how it goes. */
  fetched: number;
  polled: number;
};

export type Phase =
  | { name: "queued"; before: number }
  | { name: "running" }
  | { name: "done" }
  | { name: "failed" }
  | { name: "cancelled" };

export function newJob(wanted: Wanted): Job {
  return { id: randomUUID(), wanted, ways: waysIn(wanted.prompt), since: Date.now(), cancelled: false, fetched: 0, polled: 0 };
}

/** Two before it in line, then one, then it is worked on. `paceMs` is the length of one such step. */
export function phaseOf({ cancelled, since, ways }: Job, paceMs: number): Phase {
  if (cancelled) return { name: "cancelled" };
  const steps = ways.has("stuck") ? 0 : (Date.now() - since) / (ways.has("slow") ? paceMs * 8 : paceMs);
  if (steps < 2) return { name: "queued", before: steps < 1 ? 1 : 0 };
  if (steps < 5) return { name: "running" };
  return { name: ways.has("fails") ? "failed" : "done" };
}

/** Whether its provider does not answer just now: for the first five questions, or as long as the prompt says so. */
export function isUnanswered(job: Job): boolean {
  job.polled += 1;
  return job.ways.has("breaks") || (job.ways.has("stumbles") && job.polled <= 5);
}

/** The bytes of its file, as they go wrong. */
export async function fileOf({ ways, wanted }: Job, format: "png" | "jpeg"): Promise<Buffer> {
  if (ways.has("not-an-image")) return Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const whole = await draw(wanted, format);
  return ways.has("truncated") ? whole.subarray(0, Math.floor(whole.length * 0.6)) : whole;
}
