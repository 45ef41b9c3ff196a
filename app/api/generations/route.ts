import { listGenerations, makeGeneration } from "@/lib/gallery/gallery";
import { generationRequestSchema, type MakingEvent } from "@/lib/gallery/generation";
import { listQuerySchema } from "@/lib/gallery/list-query";
import { toFailure } from "@/lib/http/errors";
import { eventStream } from "@/lib/http/events";
import { failureBody, json, logUnexpected, parse, privateRoute } from "@/lib/http/route";

/** A page of the person's gallery, or of what is looked for in it. */
export const GET = privateRoute({ limit: "list" }, async ({ request, person }) =>
  listGenerations(person.id, parse(listQuerySchema, Object.fromEntries(request.nextUrl.searchParams))),
);

/** Makes a picture: events while it is made for those who accept them, else the finished item. */
export const POST = privateRoute({ limit: "generate", body: generationRequestSchema }, async ({ request, person, body }) => {
  if (!request.headers.get("accept")?.includes("text/event-stream")) {
    const item = await makeGeneration(person.id, body, { signal: request.signal, onProgress: () => undefined });
    return json(item, 201);
  }
  return eventStream<MakingEvent>(request.signal, async ({ emit, emitted, signal }) => {
    try {
      emit({ type: "saved", item: await makeGeneration(person.id, body, { signal, onProgress: emit }) });
    } catch (error) {
      // Nobody reads on when it was stopped, and what is refused at once has the status of its failure.
      if (signal.aborted || !emitted()) throw error;
      const failure = toFailure(error);
      emit({ type: "failed", error: failureBody(failure, logUnexpected(failure, "making a picture")).error });
    }
  });
});
