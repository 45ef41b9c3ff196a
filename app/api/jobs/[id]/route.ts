import { requireScope } from "@/lib/auth/session";
import { findJob, stopJob, watchJob } from "@/lib/gallery/jobs";
import type { MakingEvent } from "@/lib/gallery/making";
import { resumeJob } from "@/lib/gallery/resumed-jobs";
import { eventStream } from "@/lib/http/events";
import { failureOfMaking, privateRoute } from "@/lib/http/route";

/** How it goes with a picture in the making: events from where it is now. */
export const GET = privateRoute<{ id: string }>({ limit: "list" }, async ({ request, person, params }) => {
  const job = findJob(person.id, params.id);
  return eventStream<MakingEvent>(request.signal, ({ emit, signal }) => watchJob(job, emit, signal));
});

/** Looks once more for what a service had accepted and could not be fetched, and tells how it goes. */
export const POST = privateRoute<{ id: string }>({ limit: "generate" }, async ({ request, person, params }) => {
  const job = await resumeJob(person.id, params.id, { describe: failureOfMaking, tokenFor: requireScope });
  return eventStream<MakingEvent>(request.signal, ({ emit, signal }) => watchJob(job, emit, signal));
});

/** Stops it, or takes away one that failed. */
export const DELETE = privateRoute<{ id: string }>({ limit: "mark" }, async ({ person, params }) => stopJob(findJob(person.id, params.id)));
