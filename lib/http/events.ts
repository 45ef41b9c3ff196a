import "server-only";
import { privateHeaders } from "./route";

const heartbeatMs = 15_000;

type Work<Event> = (tools: {
  emit: (event: Event) => void;
  /** Whether anything was sent: what fails before is answered like any other request. */
  emitted: () => boolean;
  signal: AbortSignal;
}) => Promise<void>;

/**
 * Server-sent events (WHATWG HTML, 9.2) of work in progress. The answer begins with the first event; each goes out under its `type`,
 * with the whole event as JSON. When the reader goes away the signal aborts.
 * @throws what the work throws before its first event
 */
export async function eventStream<Event extends { type: string }>(clientGone: AbortSignal, work: Work<Event>): Promise<Response> {
  const stopped = new AbortController();
  const signal = AbortSignal.any([clientGone, stopped.signal]);
  const encoder = new TextEncoder();
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(undefined, undefined, { highWaterMark: 1024 });
  const writer = writable.getWriter();
  const begun = Promise.withResolvers<void>();
  let hasEmitted = false;
  // A reader that has gone makes writing fail; the work learns of it by its signal.
  writer.closed.catch(() => stopped.abort());
  const send = (text: string) => void writer.write(encoder.encode(text)).catch(() => undefined);
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
      writer.close().catch(() => undefined);
    });
  await begun.promise;
  return new Response(readable, {
    headers: { ...privateHeaders, "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" },
  });
}
