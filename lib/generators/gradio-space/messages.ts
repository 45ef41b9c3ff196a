/** What a Space tells of a call: server-sent events (WHATWG HTML, 9.2), each a JSON message of Gradio's queue. */
import { z } from "zod";
import { Failure } from "@/lib/http/errors";

const number = z.number().nullish().catch(null);

const messageSchema = z.object({
  msg: z.string(),
  event_id: z.string().nullish(),
  /** How many are before it in line. */
  rank: z.int().nonnegative().nullish().catch(null),
  progress_data: z
    .array(z.object({ index: number, length: number, progress: number }))
    .nullish()
    .catch(null),
  log: z.string().nullish().catch(null),
  success: z.boolean().nullish(),
  output: z
    .object({ data: z.array(z.unknown()).nullish(), error: z.unknown(), title: z.unknown() })
    .partial()
    .nullish()
    .catch(null),
  title: z.string().nullish().catch(null),
});

export type Message = z.output<typeof messageSchema>;

/** Pictures may come in base64 within one message; what is longer is no message. */
const longestMessage = 48 * 1024 * 1024;

/**
 * The messages of a stream, until it ends. Gradio says something every fifteen seconds: silence is a stream that was lost.
 * @throws Failure `space_down` when the stream breaks, is silent for too long, or holds something else; `model_oversized`
 */
export async function* messagesIn(body: ReadableStream<Uint8Array>, silenceMs: number): AsyncGenerator<Message> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await unlessSilent(silenceMs, reader.read());
      if (done) return;
      const lines = decoder.decode(value, { stream: true }).split("\n");
      const rest = lines.pop() ?? "";
      for (const line of lines) {
        const whole = [...pieces, line].join("");
        pieces = [];
        length = 0;
        if (whole.startsWith("data:")) yield read(whole.slice("data:".length));
      }
      pieces.push(rest);
      length += rest.length;
      if (length > longestMessage) throw new Failure("model_oversized", { cause: new Error("the Space sent a message without an end") });
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** What comes, unless nothing does for so many milliseconds. @throws Failure `space_down` */
export async function unlessSilent<T>(ms: number, work: Promise<T>): Promise<T> {
  const silence = Promise.withResolvers<never>();
  const timer = setTimeout(() => silence.reject(new Failure("space_down", { cause: new Error("the Space fell silent") })), ms);
  try {
    return await Promise.race([work, silence.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function read(text: string): Message {
  try {
    return messageSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Failure("space_down", { cause });
  }
}
