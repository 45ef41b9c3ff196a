import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { sizes } from "@/lib/gallery/generation";
import { engineName, generatorFor, listGenerators } from "@/lib/generators";
import { embedded } from "@/lib/generators/embedded";
import { engineVersion } from "@/lib/generators/embedded/version";
import type { Progress } from "@/lib/generators/generator";

const never = new AbortController().signal;

function make(prompt: string, { width, height }: { width: number; height: number }, seed = 7, signal = never) {
  const progress: Progress[] = [];
  return { progress, result: embedded.generate({ prompt, width, height, seed }, { signal, onProgress: (event) => progress.push(event) }) };
}

describe("every size that the form offers", () => {
  test.each(sizes)("$name, $width × $height", { timeout: 30_000 }, async (size) => {
    const { progress, result } = make("desert dunes at sunset", size);
    const image = await result;
    expect(image).toMatchObject({ type: "image/png", model: null, width: size.width, height: size.height });
    expect(image.parameters).toEqual({ version: engineVersion, style: "dunes", palette: "dusk" });
    const { format, hasAlpha, height, width } = await sharp(image.bytes).metadata();
    expect({ format, hasAlpha, height, width }).toEqual({ format: "png", hasAlpha: false, height: size.height, width: size.width });
    expect(image.bytes.byteLength).toBeLessThan(4_000_000);
    const done = progress.flatMap((event) => (event.type === "progress" ? event : []));
    expect(done.at(-1)?.done).toBe(done.at(-1)?.total);
  });
});

test("previews are small WebP images, at most ten", async () => {
  const { progress, result } = make("aurora", { width: 832, height: 1216 });
  await result;
  const previews = progress.flatMap((event) => (event.type === "preview" ? event.src : []));
  expect(previews.length).toBeGreaterThan(1);
  expect(previews.length).toBeLessThanOrEqual(10);
  for (const src of previews) {
    const [head, data = ""] = src.split(",");
    expect(head).toBe("data:image/webp;base64");
    expect(await sharp(Buffer.from(data, "base64")).metadata()).toMatchObject({ format: "webp", width: 88, height: 128 });
  }
});

test("the event loop stays free while a picture is made", async () => {
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
  }, 5);
  await make("marble", { width: 1024, height: 1024 }).result;
  clearInterval(turning);
  // Made in this thread, it would leave none but those between its previews.
  expect(turns).toBeGreaterThan(20);
});

test("cancelling rejects with the signal's reason, and the engine goes on", async () => {
  const stop = new AbortController();
  const reason = new Error("stopped");
  const { result } = make("marble", { width: 1024, height: 1024 }, 1, stop.signal);
  setTimeout(() => stop.abort(reason), 100);
  await expect(result).rejects.toBe(reason);
  expect((await make("sea", { width: 64, height: 64 }).result).parameters).toMatchObject({ style: "sea" });
});

test("the table names what is there and refuses what is not", () => {
  const { id, label, note } = embedded;
  expect(listGenerators()[0]).toEqual({ id, label, note, unavailable: null, scope: null, hasModels: false });
  expect(generatorFor()).toBe(embedded);
  expect(generatorFor("embedded")).toBe(embedded);
  expect(() => generatorFor("no-such-engine")).toThrow(expect.objectContaining({ code: "generator_unavailable" }));
  expect([engineName("embedded"), engineName("no-such-engine")]).toEqual(["Built-in engine", "no-such-engine"]);
});
