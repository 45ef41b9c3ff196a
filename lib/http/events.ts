import "server-only";
import { privateHeaders } from "./route";

const heartbeatMs = 15_000;
/** So many events wait for a reader that does not read, on a connection that has stalled; then it is taken for gone. */
const mostUnread = 2048;

type Work<Event> = (tools: {
  emit: (event: Event) => void;
  /** Whether anything was sent: what fails before is answered like any other request. */
  emitted: () => boolean;
  signal: AbortSignal;
}) => Promise<void>;

/**
 * Server-sent events (WHATWG HTML, 9.2) of work in progress. The answer begins with the first event; each goes out under its `type`,
 * with the whole event as JSON. When the reader goes away, or does not read, the signal aborts.
 * @throws what the work throws before its first event
 */
export async function eventStream<Event extends { type: string }>(clientGone: AbortSignal, work: Work<Event>): Promise<Response> {
  const stopped = new AbortController();
  const signal = AbortSignal.any([clientGone, stopped.signal]);
  const encoder = new TextEncoder();
  let toReader: ReadableStreamDefaultController<Uint8Array> | null = null;
  const leave = () => {
    toReader = null;
    stopped.abort();
  };
  const readable = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        toReader = controller;
      },
      cancel: leave,
    },
    { highWaterMark: mostUnread },
  );
  const begun = Promise.withResolvers<void>();
  let hasEmitted = false;
  const send = (text: string) => {
    toReader?.enqueue(encoder.encode(text));
    if (toReader?.desiredSize !== 0) return;
    // What waits is let go of, and the connection ends: a page that is still there asks again.
    toReader.error(new DOMException("the reader does not read", "AbortError"));
    leave();
  };
  const emit = (event: Event) => {
    hasEmitted = true;
    begun.resolve();
    send(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  };
  // Proxies close what is silent for long.
  const heartbeat = setInterval(() => hasEmitted && send(": still here\n\n"), heartbeatMs);
  work({ emit, emitted: () => hasEmitted, signal })
    .then(begun.resolve, begun.reject)
    .finally(() => {
      clearInterval(heartbeat);
      toReader?.close();
      toReader = null;
    });
  await begun.promise;
  return new Response(readable, {
    headers: { ...privateHeaders, "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" },
  });
}
