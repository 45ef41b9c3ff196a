import sharp from "sharp";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { parametersIn, requestIn } from "@/components/prompt/read-label";
import { makeGeneration, readImage } from "@/lib/gallery/gallery";
import type { Generation } from "@/lib/gallery/generation";
import { labelJpeg, labelPng, labelWebp } from "@/lib/gallery/label/containers";
import { parametersText, xmpPacket } from "@/lib/gallery/label/words";
import { readLabelledImage } from "@/lib/gallery/labelled";
import { generationRequestSchema } from "@/lib/gallery/requests";
import { install } from "@/tests/support/installation";

vi.mock("@/lib/config", async () => ({ config: (await import("@/tests/support/installation")).config }));
vi.mock("@/lib/generators", () => import("@/tests/support/installation"));

beforeEach(install);

const item = {
  prompt: "ein Löwe & <ein> 🦁\nzweite Zeile, mit: Doppelpunkt",
  ...{ seed: 42, width: 832, height: 1216, model: "Qwen/Qwen-Image", engine: "Hugging Face models", createdAt: "2026-11-21T10:00:00.000Z" },
  parameters: { provider: "fal", steps: 30, guidance: 4.5, negativePrompt: "fog, rain" },
} as unknown as Generation;

const label = { parameters: parametersText(item), xmp: xmpPacket(item) };
const raw = (alpha: boolean) =>
  sharp({ create: { width: 37, height: 21, channels: alpha ? 4 : 3, background: { r: 9, g: 120, b: 200, alpha: 0.5 } } });

const kinds: [name: string, make: () => Promise<Buffer>, write: (bytes: Buffer, words: typeof label) => Buffer][] = [
  ["PNG", () => raw(true).png().toBuffer(), labelPng],
  ["JPEG", () => raw(false).jpeg().toBuffer(), labelJpeg],
  ["WebP", () => raw(false).webp().toBuffer(), labelWebp],
  ["lossless WebP with transparency", () => raw(true).webp({ lossless: true }).toBuffer(), labelWebp],
  ["extended WebP", () => raw(true).webp({ quality: 60 }).toBuffer(), labelWebp],
];

describe.each(kinds)("%s", (name, make, write) => {
  test("carries the words, and every pixel as it was", async () => {
    const before = await make();
    const after = write(before, label);
    expect((await sharp(after, { failOn: "warning" }).raw().toBuffer()).equals(await sharp(before).raw().toBuffer())).toBe(true);
    const { exif, xmp, width, height } = await sharp(after).metadata();
    expect([width, height]).toEqual([37, 21]);
    expect(xmp?.toString("utf8")).toContain("digitalsourcetype/trainedAlgorithmicMedia");
    if (name !== "PNG") expect(exif?.includes(Buffer.from("ein L", "utf16le").swap16())).toBe(true);
    expect(parametersIn(after)).toBe(label.parameters);
    expect(parametersIn(before)).toBeNull();
  });

  test("a file that is cut anywhere is read without harm", async () => {
    const whole = write(await make(), label);
    for (let length = 0; length < whole.length; length += 7) expect(() => parametersIn(whole.subarray(0, length))).not.toThrow();
  });
});

test("what was asked for comes back out of the words", () => {
  expect(requestIn(label.parameters)).toEqual({
    prompt: item.prompt,
    ...{ negativePrompt: "fog, rain", steps: 30, guidance: 4.5, seed: 42, width: 832, height: 1216, model: "Qwen/Qwen-Image" },
  });
  expect(requestIn("just words")).toEqual({ prompt: "just words" });
  expect(requestIn("\nSteps: 3, Seed: 4")).toBeNull();
  const elsewhere =
    "a cat\nNegative prompt: dog\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 965, Size: 512x768, Model hash: 6ce0161689, Model: v1-5";
  expect(requestIn(elsewhere)).toEqual({
    prompt: "a cat",
    negativePrompt: "dog",
    steps: 20,
    guidance: 7,
    seed: 965,
    width: 512,
    height: 768,
  });
});

test("mathematics is not called a trained model", () => {
  expect(xmpPacket({ ...item, model: null })).toContain("digitalsourcetype/algorithmicMedia");
  expect(xmpPacket(item)).toContain("ein Löwe &amp; &lt;ein&gt;");
});

test("the labelled picture belongs to its owner alone, and the original stays as it was made", async () => {
  const request = generationRequestSchema.parse({ prompt: "a kept word", seed: 9 });
  const { id } = await makeGeneration("ada", request, { signal: AbortSignal.timeout(5000), onProgress: () => undefined });
  const original = await readImage("ada", id, { thumbnail: false });
  const labelled = await readLabelledImage("ada", id);
  expect(parametersIn(labelled.bytes)).toMatch(/^a kept word\nSeed: 9, Size: 8x6, Model: The engine embedded, Version: Keepsake /);
  expect(parametersIn(original.bytes)).toBeNull();
  expect(labelled.etag).not.toBe(original.etag);
  await expect(readLabelledImage("grace", id)).rejects.toMatchObject({ code: "not_found" });
});
