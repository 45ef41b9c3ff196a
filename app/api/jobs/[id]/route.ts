import type { MakingEvent } from "@/lib/gallery/generation";
import { findJob, stopJob, watchJob } from "@/lib/gallery/jobs";
import { eventStream } from "@/lib/http/events";
import { privateRoute } from "@/lib/http/route";

/** How it goes with a picture in the making: events from where it is now. */
export const GET = privateRoute<{ id: string }>({ limit: "list" }, async ({ request, person, params }) => {
  const job = findJob(person.id, params.id);
  return eventStream<MakingEvent>(request.signal, ({ emit, signal }) => watchJob(job, emit, signal));
});

/** Stops it, or takes away one that failed. */
export const DELETE = privateRoute<{ id: string }>({ limit: "mark" }, async ({ person, params }) => stopJob(findJob(person.id, params.id)));
