/** One call in the queue of a Space: joined, followed to its end, and taken back when it is not wanted any more. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Progress } from "@/lib/generators/generator";
import { Failure } from "@/lib/http/errors";
import { askJson, failureOfStatus, headersOf, type Visit } from "./ask";
import type { Endpoint } from "./endpoint";
import { failureOfSpace } from "./failures";
import { type Message, messagesIn, unlessSilent } from "./messages";

type Following = Visit & {
  onProgress: (progress: Progress) => void;
  /** Median of earlier pictures of this Space, in seconds. */
  usualSeconds: number | null;
  silenceMs: number;
};

const joined = z.object({ event_id: z.string().regex(/^[\w-]{1,100}$/) });
const takenBackWithinMs = 5000;

/**
 * What the endpoint answers to these values. Aborting takes the call back. A call cannot be found again once the stream is lost: Gradio
 * itself drops it then.
 * @throws Failure `space_busy`, `space_quota`, `space_failed`, `space_down`, `model_refused`, `model_oversized`
 */
export async function call({ root, functionIndex }: Endpoint, values: unknown[], following: Following): Promise<unknown[]> {
  const session = randomUUID().replaceAll("-", "");
  const body = { data: values, fn_index: functionIndex, session_hash: session, event_data: null, trigger_id: null };
  // Only here a service that is not available is a line that is full.
  const { data } = joined.safeParse(await askJson(`${root}/queue/join`, following, { body, meaning: { 503: "space_busy" } }));
  if (!data) throw new Failure("space_down", { cause: new Error("the Space does not say what it has joined to its queue") });
  try {
    return await follow(`${root}/queue/data?session_hash=${session}`, data.event_id, following);
  } catch (error) {
    if (following.signal.aborted) {
      const visit = { token: following.token, signal: AbortSignal.timeout(takenBackWithinMs) };
      const taken = { event_id: data.event_id, session_hash: session, fn_index: functionIndex };
      await askJson(`${root}/cancel`, visit, { body: taken }).catch(() => undefined);
    }
    throw error;
  }
}

async function follow(url: string, event: string, following: Following): Promise<unknown[]> {
  const { signal, onProgress, silenceMs } = following;
  const over = new AbortController();
  try {
    const headers = { ...headersOf(following), accept: "text/event-stream" };
    const request: RequestInit = { headers, redirect: "manual", cache: "no-store", signal: AbortSignal.any([signal, over.signal]) };
    const answer = await unlessSilent(silenceMs, fetch(url, request));
    if (!answer.ok) throw failureOfStatus(answer.status, url, following);
    const isStream = answer.headers.get("content-type")?.startsWith("text/event-stream");
    if (!isStream || !answer.body) throw new Failure("space_down", { cause: new Error("the Space sends no events") });
    for await (const message of messagesIn(answer.body, silenceMs)) {
      if (message.event_id && message.event_id !== event) continue;
      if (message.msg === "process_completed") return resultOf(message);
      const failure = failureIn(message);
      if (failure) throw failure;
      const progress = progressIn(message, following);
      if (progress) onProgress(progress);
    }
    throw new Error("the stream ended before the work did");
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof Failure ? error : new Failure("space_down", { cause: error });
  } finally {
    over.abort();
  }
}

function resultOf(message: Message): unknown[] {
  const { success, output } = message;
  if (success && output?.data) return output.data;
  throw failureOfSpace(wordsOf(message));
}

function failureIn(message: Message): Failure | null {
  if (message.msg === "queue_full") return new Failure("space_busy", { cause: new Error("the queue of the Space is full") });
  if (message.msg === "unexpected_error" || message.msg === "close_stream") {
    return new Failure("space_down", { cause: new Error(`the Space sent ${message.msg}`) });
  }
  return message.msg === "process_generating" && message.success === false ? failureOfSpace(wordsOf(message)) : null;
}

const wordsOf = ({ title, output }: Message): string => [title, output?.title, output?.error].map((part) => String(part ?? "")).join(" ");

/** What a message says about where the work is. Gradio's first in line has rank 0. */
function progressIn({ msg, rank, progress_data: units, log }: Message, { usualSeconds }: Following): Progress | null {
  if (msg === "estimation") return { type: "queued", position: typeof rank === "number" ? rank + 1 : null };
  if (msg === "process_starts") return { type: "running", usualSeconds };
  // ZeroGPU lends a graphics card only now, and has a line of its own.
  if (msg === "log" && /waiting for a gpu/i.test(log ?? "")) return { type: "queued", position: null };
  if (msg === "log" && /acquired a gpu/i.test(log ?? "")) return { type: "running", usualSeconds };
  if (msg !== "progress") return null;
  const { index, length, progress } = units?.at(-1) ?? {};
  if (typeof index === "number" && typeof length === "number" && length > 0)
    return { type: "progress", done: Math.min(Math.max(index, 0), length), total: length };
  return typeof progress === "number" ? { type: "progress", done: Math.min(Math.max(progress, 0), 1), total: 1 } : null;
}
