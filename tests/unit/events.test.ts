import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { eventStream } from "@/lib/http/events";

type Event = { type: "progress"; done: number } | { type: "saved" };
const never = new AbortController().signal;

test("events go out in order under their names, and the stream ends with the work", async () => {
  const response = await eventStream<Event>(never, async ({ emit, emitted }) => {
    expect(emitted()).toBe(false);
    emit({ type: "progress", done: 1 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    emit({ type: "saved" });
  });
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(await response.text()).toBe('event: progress\ndata: {"type":"progress","done":1}\n\nevent: saved\ndata: {"type":"saved"}\n\n');
});

test("what fails before its first event is not a stream: it is thrown", async () => {
  const refused = eventStream<Event>(never, async () => {
    throw new RangeError("refused");
  });
  await expect(refused).rejects.toThrow("refused");
});

test("a reader that goes away aborts the work", async () => {
  const stopped = Promise.withResolvers<void>();
  const response = await eventStream<Event>(never, async ({ emit, signal }) => {
    emit({ type: "progress", done: 1 });
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    stopped.resolve();
    throw signal.reason;
  });
  await response.body?.cancel();
  await stopped.promise;
});

test("a client that disconnects aborts the work", async () => {
  const client = new AbortController();
  const stopped = Promise.withResolvers<void>();
  await eventStream<Event>(client.signal, async ({ emit, signal }) => {
    emit({ type: "progress", done: 1 });
    signal.addEventListener("abort", () => stopped.resolve(), { once: true });
    await stopped.promise;
  });
  client.abort();
  await stopped.promise;
});

test("a reader that stays and does not read is taken for gone: what waits for it has a bound", async () => {
  const left = Promise.withResolvers<void>();
  const response = await eventStream<Event>(never, async ({ emit, signal }) => {
    signal.addEventListener("abort", () => left.resolve(), { once: true });
    for (let done = 0; done < 10_000 && !signal.aborted; done++) {
      emit({ type: "progress", done });
      if (done % 100 === 0) await delay(0);
    }
    expect(signal.aborted).toBe(true);
    // Work that does not listen to the signal goes on, and nothing of it is kept.
    emit({ type: "saved" });
  });
  await left.promise;
  await expect(response.text()).rejects.toMatchObject({ name: "AbortError" });
});

test("a reader that keeps up is told everything, however much it is", async () => {
  const response = await eventStream<Event>(never, async ({ emit }) => {
    for (let done = 0; done < 5000; done++) {
      emit({ type: "progress", done });
      if (done % 100 === 0) await delay(0);
    }
    emit({ type: "saved" });
  });
  expect((await response.text()).match(/^event: /gm)).toHaveLength(5001);
});
