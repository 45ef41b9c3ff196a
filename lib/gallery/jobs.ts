/**
 * Pictures in the making, in this process. A job belongs to nobody's connection: it goes on when the page that asked for it is closed,
 * and any page of its owner can watch it. One that failed stays for an hour, so that no prompt is lost.
 */
import "server-only";
import { randomInt, randomUUID } from "node:crypto";
import { forgetAccepted, forgetAllAccepted, keepAccepted } from "@/lib/gallery/accepted-jobs";
import { makeGeneration, untilSaved } from "@/lib/gallery/gallery";
import { type Generation, limits } from "@/lib/gallery/generation";
import type { MakingEvent, MakingFailure, MakingJob, Stopped } from "@/lib/gallery/making";
import type { GenerationRequest } from "@/lib/gallery/requests";
import { generatorFor } from "@/lib/generators";
import type { Account } from "@/lib/generators/generator";
import { Failure, toFailure } from "@/lib/http/errors";
import { processWide } from "@/lib/process-wide";

type Listener = (event: MakingEvent) => void;

/** How a failure is told to people; also writes it to the log if nobody expected it. */
export type Describe = (failure: Failure) => MakingFailure;

export type Job = MakingJob & {
  owner: string;
  controller: AbortController;
  /** What a page that comes later must be told first: the last of each kind. */
  told: Map<"started" | "state" | "preview", MakingEvent>;
  listeners: Set<Listener>;
  isFinished: boolean;
  result: Promise<Generation>;
};

const failedForMs = 60 * 60_000;
const savedForMs = 60_000;
/** How long a job tells of a picture that was stored; whoever wants to know later asks for the picture. */
const saveWatchMs = 60_000;
const mostKept = 50;
/** Failures after which a picture that was accepted may still lie ready: it is looked for again, at the latest after the next start. */
const mayStillCome = /^(?:too_many_waiting|storage_|access_ended|unexpected|model_down|model_busy)/;

const jobs = () => processWide("making-jobs", () => new Map<string, Job>());

/** The permission that the person must have given for this request, or null. @throws Failure `generator_unavailable` */
export function permissionFor({ generator }: GenerationRequest): string | null {
  const { scope, inTheirName } = generatorFor(generator);
  return scope ?? (inTheirName ? "openid" : null);
}

/** Begins to make a picture. What is refused before anything began only rejects `result`, and nothing of it stays. */
export function startJob(
  owner: string,
  asked: GenerationRequest,
  { describe, token, ...kept }: { describe: Describe; token?: string | undefined; id?: string; ticket?: string },
): Job {
  // The seed is drawn here, so that a job that is picked up again still is the same one.
  const request = { ...asked, seed: asked.seed ?? randomInt(limits.seed + 1) };
  const { id = randomUUID(), ticket } = kept;
  let isAccepted = ticket !== undefined;
  const controller = new AbortController();
  const job: Omit<Job, "result"> = {
    ...{ id, owner, request, startedAt: new Date().toISOString(), controller },
    ...{ told: new Map(), listeners: new Set(), isFinished: false },
  };
  const account: Account | undefined = token === undefined ? undefined : { token, billTo: request.billTo };
  const result = makeGeneration(owner, request, {
    ...{ signal: controller.signal, account, ticket, onProgress: (event) => tell(begun, event) },
    onAccepted: (text) =>
      ifPossible(() => {
        keepAccepted(owner, { id, request, ticket: text });
        isAccepted = true;
      }),
    onStored: (item) => {
      ifPossible(() => forgetAccepted(id));
      tell(begun, { type: "stored", item });
    },
    onBegin: () => {
      jobs().set(id, begun);
      tell(begun, { type: "started", job: { id, request, startedAt: begun.startedAt } });
    },
  });
  const begun: Job = Object.assign(job, { result });
  // What was begun before is known from now on, whatever stands in its way.
  if (ticket !== undefined) jobs().set(id, begun);
  result.then(
    async (made) => {
      const item = made.saved ? made : await untilSaved(made, saveWatchMs).catch(() => made);
      finish(begun, { type: item.saved ? "saved" : "stored", item }, savedForMs);
    },
    (error: unknown) => {
      // It may have been stopped by leaving, and not by `stopJob`.
      if (controller.signal.aborted) ifPossible(() => forgetAccepted(id));
      if (controller.signal.aborted || !jobs().has(id)) return forget(begun);
      const failure = toFailure(error);
      const resumable = isAccepted && mayStillCome.test(failure.code);
      if (!resumable) ifPossible(() => forgetAccepted(id));
      finish(begun, { type: "failed", error: { ...describe(failure), ...(resumable && { resumable }) } }, failedForMs);
    },
  );
  return begun;
}

/** Whether this process knows of a job: one that is in the making, or has ended lately. */
export function isKnown(id: string): boolean {
  return jobs().has(id);
}

/** A job of this person. @throws Failure `not_found` */
export function findJob(owner: string, id: string): Job {
  const job = jobs().get(id);
  if (job?.owner !== owner) throw new Failure("not_found");
  return job;
}

/** What this person has in the making, and what failed, newest first. */
export function listJobs(owner: string): MakingJob[] {
  const own = [...jobs().values()].filter((job) => job.owner === owner && !isMade(job));
  return own.map(({ id, request, startedAt }) => ({ id, request, startedAt })).reverse();
}

/** Tells what has happened, then what happens; resolves when the job is finished or the signal aborts. The job goes on without. */
export async function watchJob(job: Job, listener: Listener, signal: AbortSignal): Promise<void> {
  for (const event of job.told.values()) listener(event);
  if (job.isFinished || signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const listen: Listener = (event) => {
    listener(event);
    if (job.isFinished) resolve();
  };
  job.listeners.add(listen);
  signal.addEventListener("abort", () => resolve(), { once: true });
  // What is refused before it began tells nobody.
  job.result.catch(resolve);
  await promise;
  job.listeners.delete(listen);
}

/** Stops a job, or takes away one that failed. */
export function stopJob(job: Job): Stopped {
  const wasBegun = !job.isFinished && job.told.get("state") !== undefined;
  job.controller.abort();
  forgetAccepted(job.id);
  forget(job);
  return { mayBeBilled: wasBegun && generatorFor(job.request.generator).scope !== undefined };
}

/** Stops everything that a person has in the making. */
export function stopAllJobs(owner: string): void {
  for (const job of [...jobs().values()]) if (job.owner === owner) stopJob(job);
  forgetAllAccepted(owner);
}

/** What is kept for a restart is a safety net: without it the picture is made all the same. */
function ifPossible(work: () => void): void {
  try {
    work();
  } catch (error) {
    console.warn("jobs: what was accepted could not be noted for a restart", error);
  }
}

const isMade = ({ told }: Job): boolean => ["stored", "saved"].includes(told.get("state")?.type ?? "");

function tell(job: Job, event: MakingEvent): void {
  job.told.set(event.type === "started" || event.type === "preview" ? event.type : "state", event);
  for (const listener of [...job.listeners]) listener(event);
}

function finish(job: Job, event: MakingEvent, keepForMs: number): void {
  job.isFinished = true;
  job.told.delete("preview");
  tell(job, event);
  setTimeout(() => forget(job), keepForMs).unref();
  const finished = [...jobs().values()].filter(({ owner, isFinished }) => isFinished && owner === job.owner);
  for (const old of finished.slice(0, -mostKept)) forget(old);
}

function forget(job: Job): void {
  if (jobs().get(job.id) === job) jobs().delete(job.id);
}
