import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { newId } from "@/lib/gallery/id";
import { openPictureCache } from "@/lib/gallery/picture-cache";
import { temporaryFolder } from "@/tests/support/temporary-folder";

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
