import { listGenerations, makeGeneration, untilSaved } from "@/lib/gallery/gallery";
import { type Generation, generationRequestSchema, type MakingEvent } from "@/lib/gallery/generation";
import { listQuerySchema } from "@/lib/gallery/list-query";
import { toFailure } from "@/lib/http/errors";
import { eventStream } from "@/lib/http/events";
import { failureBody, json, logUnexpected, parse, privateRoute } from "@/lib/http/route";

/** A page of the person's gallery, or of what is looked for in it. */
export const GET = privateRoute({ limit: "list" }, async ({ request, person }) =>
  listGenerations(person.id, parse(listQuerySchema, Object.fromEntries(request.nextUrl.searchParams))),
);

/** How long events go on after a picture was stored, in milliseconds; whoever wants to know later asks for the picture. */
const saveWatchMs = 60_000;

/** Makes a picture: events while it is made for those who accept them, else the finished item, perhaps not yet `saved`. */
export const POST = privateRoute({ limit: "generate", body: generationRequestSchema }, async ({ request, person, body }) => {
  if (!request.headers.get("accept")?.includes("text/event-stream")) {
    const item = await makeGeneration(person.id, body, { signal: request.signal, onProgress: () => undefined });
    return json(item, 201);
  }
  return eventStream<MakingEvent>(request.signal, async ({ emit, emitted, signal }) => {
    try {
      const onStored = (item: Generation) => emit({ type: "stored", item });
      const made = await makeGeneration(person.id, body, { signal, onProgress: emit, onStored });
      const item = made.saved ? made : await untilSaved(made, saveWatchMs);
      if (item.saved) emit({ type: "saved", item });
    } catch (error) {
      // Nobody reads on when it was stopped, and what is refused at once has the status of its failure.
      if (signal.aborted || !emitted()) throw error;
      const failure = toFailure(error);
      emit({ type: "failed", error: failureBody(failure, logUnexpected(failure, "making a picture")).error });
    }
  });
});
