import { z } from "zod";
import { requireScope } from "@/lib/auth/session";
import { listGenerations } from "@/lib/gallery/gallery";
import { permissionFor, startJob, watchJob } from "@/lib/gallery/jobs";
import { listQuerySchema } from "@/lib/gallery/list-query";
import type { MakingEvent } from "@/lib/gallery/making";
import { emptyTrash } from "@/lib/gallery/many";
import { generationRequestSchema } from "@/lib/gallery/requests";
import { eventStream } from "@/lib/http/events";
import { failureOfMaking, json, parse, privateRoute } from "@/lib/http/route";

const emptyingSchema = z.object({ trashed: z.literal("true"), askedMsAgo: z.coerce.number().int().nonnegative() });

/** A page of the person's gallery, or of what is looked for in it. */
export const GET = privateRoute({ limit: "list" }, async ({ request, person }) =>
  listGenerations(person.id, parse(listQuerySchema, Object.fromEntries(request.nextUrl.searchParams))),
);

/**
 * Makes a picture. Who accepts events is told how it goes and may leave, and it goes on; who does not waits for the finished item, and
 * by leaving stops it.
 */
export const POST = privateRoute({ limit: "generate", body: generationRequestSchema }, async ({ request, person, body }) => {
  const scope = permissionFor(body);
  const token = scope === null ? undefined : await requireScope(scope);
  const job = startJob(person.id, body, { describe: failureOfMaking, token });
  if (!request.headers.get("accept")?.includes("text/event-stream")) {
    request.signal.addEventListener("abort", () => job.controller.abort());
    return json(await job.result, 201);
  }
  return eventStream<MakingEvent>(request.signal, async ({ emit, emitted, signal }) => {
    await watchJob(job, emit, signal);
    // What is refused at once has the status of its failure, and what nobody has heard of cannot be stopped but by leaving.
    if (emitted()) return;
    if (signal.aborted) job.controller.abort();
    await job.result;
  });
});

/** Empties the trash, of what was in it when the person was asked: so long ago, since the device's clock may be wrong. */
export const DELETE = privateRoute({ limit: "many" }, ({ request, person }) => {
  const { askedMsAgo } = parse(emptyingSchema, Object.fromEntries(request.nextUrl.searchParams));
  return emptyTrash(person.id, Date.now() - askedMsAgo);
});
