import "server-only";
import { lengthHeader } from "./every-answer";
import { privateHeaders } from "./route";

type Download = {
  /** In bytes; an answer that turns out otherwise is broken off, so that nobody takes it for whole. */
  length: number;
  content: AsyncIterable<Uint8Array>;
  type: string;
  /** ASCII without quotes. */
  name: string;
};

/** An answer to keep as a file, read no faster than it is taken. */
export function download({ length, content, type, name }: Download): Response {
  const headers = {
    ...privateHeaders,
    "content-type": type,
    [lengthHeader]: String(length),
    "content-disposition": `attachment; filename="${name}"`,
  };
  const iterator = content[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers });
}
