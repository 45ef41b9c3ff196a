import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { newId } from "@/lib/gallery/id";
import { openPictureCache } from "@/lib/gallery/picture-cache";
import { temporaryFolder } from "@/tests/support/temporary-folder";

vi.mock("node:fs/promises", async (original) => {
  const { writeFile: write, ...rest } = await original<typeof import("node:fs/promises")>();
  return { ...rest, writeFile: vi.fn(write) };
});

const bytes = Buffer.from("stands for a thumbnail");

/** @param most how many there is room for */
async function cacheOf(ids: readonly string[], most = ids.length) {
  const folder = await temporaryFolder();
  for (const id of ids) await writeFile(path.join(folder, `${id}.webp`), bytes);
  return { folder, cache: openPictureCache(folder, "webp", most * bytes.length) };
}

it("gives one thumbnail to everybody who asks for it at the same time", async () => {
  const id = newId();
  const { cache } = await cacheOf([id]);
  const found = await Promise.all([cache.read(id), cache.read(id), cache.read(id)]);
  for (const each of found) expect(Buffer.from(each ?? [])).toEqual(bytes);
});

it("does not make room for what is larger than all of it", async () => {
  const [before, large, small] = [newId(), newId(), newId()];
  const { cache } = await cacheOf([before], 2);
  cache.put(large, Buffer.alloc(3 * bytes.length));
  cache.put(small, bytes);
  await vi.waitFor(async () => expect(await cache.read(small)).not.toBeNull());
  expect(await cache.read(large)).toBeNull();
  expect(await cache.read(before)).not.toBeNull();
});

it("makes room by removing what was not looked at for longest", async () => {
  const [first, second, third] = [newId(), newId(), newId()];
  const { cache } = await cacheOf([first, second], 2);
  await cache.read(second);
  await cache.read(first);
  cache.put(third, bytes);
  await vi.waitFor(async () => expect(await cache.read(third)).not.toBeNull());
  await vi.waitFor(async () => expect(await cache.read(second)).toBeNull());
  expect(await cache.read(first)).not.toBeNull();
});

it("keeps only what is known, also of what lay there before", async () => {
  const [known, erased] = [newId(), newId()];
  const { folder, cache } = await cacheOf([known, erased]);
  await cache.keepOnly((id) => id === known);
  expect(await readdir(folder)).toEqual([`${known}.webp`]);
  expect(await cache.read(known)).not.toBeNull();
  expect(await cache.read(erased)).toBeNull();
});

it("never shows half of what two put at the same time", async () => {
  const id = newId();
  const { cache } = await cacheOf([], 1);
  const [isWritten, isHalfWritten] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const write = vi.mocked(writeFile).getMockImplementation() ?? expect.fail();
  vi.mocked(writeFile).mockImplementationOnce(async (...call) => {
    await write(...call);
    isWritten.resolve();
    await isHalfWritten.promise;
  });
  // The second never comes to its end.
  vi.mocked(writeFile).mockImplementationOnce(async (file) => {
    await isWritten.promise;
    await write(file, bytes.subarray(0, 5));
    isHalfWritten.resolve();
    await new Promise(() => undefined);
  });
  cache.put(id, bytes);
  cache.put(id, bytes);
  await vi.waitFor(async () => expect(Buffer.from((await cache.read(id)) ?? [])).toEqual(bytes));
});

it("removes what a process that was killed left unfinished", async () => {
  const [known, killed] = [newId(), newId()];
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, `${killed}.webp.4711`), bytes.subarray(0, 5));
  await writeFile(path.join(folder, `${known}.webp`), bytes);
  const cache = openPictureCache(folder, "webp", bytes.length);
  expect(await cache.read(known)).not.toBeNull();
  expect(await readdir(folder)).toEqual([`${known}.webp`]);
});

it("leaves nothing of what it could not finish", async () => {
  const id = newId();
  const { folder, cache } = await cacheOf([], 1);
  const write = vi.mocked(writeFile).getMockImplementation() ?? expect.fail();
  const isFull = Promise.withResolvers<void>();
  vi.mocked(writeFile).mockImplementationOnce(async (file) => {
    await write(file, bytes.subarray(0, 5));
    isFull.resolve();
    throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
  });
  cache.put(id, bytes);
  await isFull.promise;
  await vi.waitFor(async () => expect(await readdir(folder)).toEqual([]));
  expect(await cache.read(id)).toBeNull();
});
