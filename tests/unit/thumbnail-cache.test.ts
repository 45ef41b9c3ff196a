import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { newId } from "@/lib/gallery/id";
import { openThumbnailCache } from "@/lib/gallery/thumbnail-cache";
import { temporaryFolder } from "@/tests/support/temporary-folder";

const bytes = Buffer.from("stands for a thumbnail");

async function cacheOf(ids: readonly string[], most?: number) {
  const folder = await temporaryFolder();
  for (const id of ids) await writeFile(path.join(folder, `${id}.webp`), bytes);
  return { folder, cache: openThumbnailCache(folder, most) };
}

it("gives one thumbnail to everybody who asks for it at the same time", async () => {
  const id = newId();
  const { cache } = await cacheOf([id]);
  const found = await Promise.all([cache.read(id), cache.read(id), cache.read(id)]);
  for (const each of found) expect(Buffer.from(each ?? [])).toEqual(bytes);
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
