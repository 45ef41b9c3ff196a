/** A download of everything while storage fails: bytes that are damaged are told apart from bytes that cannot be had just now. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, expect, it, vi } from "vitest";
import { exportPictures } from "@/lib/gallery/export";
import * as gallery from "@/lib/gallery/gallery";
import { imageName } from "@/lib/gallery/layout";
import { openedLibrary } from "@/lib/gallery/library";
import { generationRequestSchema } from "@/lib/gallery/requests";
import { StorageFailure } from "@/lib/storage/object-store";
import { config, install } from "@/tests/support/installation";

vi.mock("@/lib/config", async () => ({ config: (await import("@/tests/support/installation")).config }));
vi.mock("@/lib/generators", () => import("@/tests/support/installation"));
// Nobody waits here: how often storage is asked is what counts.
vi.mock("node:timers/promises", async (importOriginal) => ({
  ...(await importOriginal<typeof import("node:timers/promises")>()),
  setTimeout: async () => {},
}));

const make = () =>
  gallery.makeGeneration("ada", generationRequestSchema.parse({ prompt: "A quiet harbour" }), {
    signal: new AbortController().signal,
    onProgress: () => {},
  });

async function exported(): Promise<{ promised: number; text: string }> {
  const { length, content } = await exportPictures("ada");
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return { promised: length, text: Buffer.concat(chunks).toString("latin1") };
}

/** The image of one picture cannot be read so many times. */
async function refuseToRead(refused: string, times: number) {
  const { archive } = await openedLibrary();
  const { readImage } = archive;
  return vi.spyOn(archive, "readImage").mockImplementation(async (id, type) => {
    if (id === refused && times-- > 0) throw new StorageFailure("no answer", { cause: Object.assign(new Error(), { code: "ETIMEDOUT" }) });
    return readImage(id, type);
  });
}

beforeEach(async () => void (await install()));

it("asks again for an image that storage did not give at once", async () => {
  const [first] = [await make(), await make()];
  await refuseToRead(first.id, 2);
  const { promised, text } = await exported();
  expect(text).toHaveLength(promised);
  expect(text).toContain(`pictures/${first.id}.png`);
  expect(text).not.toContain("unusable/");
});

it("breaks off when storage does not answer, rather than putting zeros in the place of pictures that are whole", async () => {
  const [first] = [await make(), await make()];
  const reading = await refuseToRead(first.id, Number.POSITIVE_INFINITY);
  await expect(exported()).rejects.toMatchObject({ name: "StorageFailure" });
  expect(reading.mock.calls.filter(([id]) => id === first.id).length).toBeGreaterThan(2);
});

it("puts zeros in the place of an image whose bytes are damaged, without asking again", async () => {
  const [first, second] = [await make(), await make()];
  await writeFile(path.join(config().dataDir, imageName(first.id, "image/png")), "other");
  const reading = await refuseToRead(first.id, 0);
  const { promised, text } = await exported();
  expect(text).toHaveLength(promised);
  expect(text).toContain(`unusable/${first.id}.png`);
  expect(text).toContain(`pictures/${second.id}.png`);
  expect(reading).toHaveBeenCalledTimes(2);
});
