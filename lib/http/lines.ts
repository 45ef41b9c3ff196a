import "server-only";
import { privateHeaders } from "./route";

/** An answer of one JSON value per line, while work is done; what the work throws becomes the last line. */
export function lines<Line extends object>(work: AsyncIterable<Line>, lastLineOf: (error: unknown) => Line): Response {
  const iterator = work[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const send = (line: Line) => controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      try {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else send(value);
      } catch (error) {
        send(lastLineOf(error));
        controller.close();
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(body, {
    headers: { ...privateHeaders, "content-type": "application/x-ndjson; charset=utf-8", "x-accel-buffering": "no" },
  });
}
