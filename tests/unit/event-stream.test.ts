import fc from "fast-check";
import { expect, it } from "vitest";
import { readEvents } from "@/components/event-stream";

function streamOf(pieces: readonly Uint8Array[], cancelled: () => void = () => undefined): ReadableStream<Uint8Array> {
  const waiting = [...pieces];
  return new ReadableStream({
    pull(controller) {
      const piece = waiting.shift();
      if (piece) controller.enqueue(new Uint8Array(piece));
      else controller.close();
    },
    cancel: cancelled,
  });
}

async function eventsOf(text: string | readonly Uint8Array[]) {
  const events: object[] = [];
  for await (const event of readEvents(streamOf(typeof text === "string" ? [Buffer.from(text)] : text))) events.push(event);
  return events;
}

it("reads events with their names, whatever the line ends, and passes over comments", async () => {
  expect(await eventsOf('event: progress\ndata: {"done":1}\n\n: still here\n\nevent: saved\r\ndata:{"item":\r\ndata: 7}\r\n\r\n')).toEqual([
    { type: "progress", done: 1 },
    { type: "saved", item: 7 },
  ]);
  expect(await eventsOf('data: {"a":1}\n\n')).toEqual([{ type: "message", a: 1 }]);
});

it("leaves out an event that was cut off", async () => {
  expect(await eventsOf('event: a\ndata: {}\n\nevent: b\ndata: {"x"')).toEqual([{ type: "a" }]);
});

it("reads the same however the bytes are cut, also within a character", async () => {
  const bytes = Buffer.from('event: preview\ndata: {"src":"灯台 🏮"}\n\nevent: saved\ndata: {"n":2}\n\n');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 8 }), async (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      const pieces = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
      expect(await eventsOf(pieces)).toEqual([
        { type: "preview", src: "灯台 🏮" },
        { type: "saved", n: 2 },
      ]);
    }),
  );
});

it("refuses what is no JSON, and lets go of the stream when the reader stops early", async () => {
  await expect(eventsOf("data: {oops}\n\n")).rejects.toThrow(SyntaxError);
  let cancelled = false;
  const stream = streamOf([Buffer.from('data: {"n":1}\n\n'), Buffer.from('data: {"n":2}\n\n'), Buffer.from('data: {"n":3}\n\n')], () => {
    cancelled = true;
  });
  for await (const event of readEvents<{ type: string; n: number }>(stream)) {
    expect(event.n).toBe(1);
    break;
  }
  await expect.poll(() => cancelled).toBe(true);
});
