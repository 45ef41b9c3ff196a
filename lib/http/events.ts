import "server-only";
import { privateHeaders } from "./route";

const heartbeatMs = 15_000;

/**
 * Server-sent events (WHATWG HTML, 9.2) of work in progress. `work` runs until it returns; when the reader goes away its signal aborts.
 * Each event goes out under its `type`, with the whole event as JSON.
 */
export function eventStream<Event extends { type: string }>(
  clientGone: AbortSignal,
  work: (emit: (event: Event) => void, signal: AbortSignal) => Promise<void>,
): Response {
  const stopped = new AbortController();
  const signal = AbortSignal.any([clientGone, stopped.signal]);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (text: string) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(text));
      };
      // Proxies close what is silent for long.
      const heartbeat = setInterval(() => send(": still here\n\n"), heartbeatMs);
      try {
        await work((event) => send(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`), signal);
      } finally {
        clearInterval(heartbeat);
        if (!signal.aborted) controller.close();
      }
    },
    cancel: () => stopped.abort(),
  });
  return new Response(body, {
    headers: { ...privateHeaders, "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" },
  });
}
