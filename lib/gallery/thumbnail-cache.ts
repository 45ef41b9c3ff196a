import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { idPattern } from "@/lib/gallery/generation";

/** Thumbnails that were looked at lately, on local disk: they are shown at once, also while storage is slow or does not answer. */
export type ThumbnailCache = {
  read(id: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Keeps one in the background; should that fail, it is read from storage again. */
  put(id: string, bytes: Uint8Array): void;
  forget(ids: readonly string[]): Promise<void>;
  forgetAll(): Promise<void>;
};

/** About 100 MB. */
const mostKept = 4000;

/** Opens the cache in a folder, which is made when something is kept. */
export function openThumbnailCache(folder: string, most = mostKept): ThumbnailCache {
  // In the order of their last use, as far as this process knows it.
  const kept = new Set<string>();
  const at = (id: string) => path.join(folder, `${id}.webp`);
  const found = readdir(folder).then(
    (names) => {
      for (const name of names) if (idPattern.test(name.slice(0, -".webp".length))) kept.add(name.slice(0, -".webp".length));
    },
    () => undefined,
  );
  const remove = async (ids: readonly string[]) => {
    for (const id of ids) {
      kept.delete(id);
      await rm(at(id), { force: true });
    }
  };
  const keep = async (id: string, bytes: Uint8Array) => {
    await found;
    await mkdir(folder, { recursive: true });
    // Never seen half-written, not even after a kill.
    const unfinished = `${at(id)}.${process.pid}`;
    await writeFile(unfinished, bytes);
    await rename(unfinished, at(id));
    kept.add(id);
    if (kept.size > most) await remove([...kept].slice(0, kept.size - most));
  };
  return {
    async read(id) {
      await found;
      if (!kept.has(id)) return null;
      const bytes = await readFile(at(id)).catch(() => null);
      // To the end of the order, unless it was forgotten meanwhile.
      if (kept.delete(id) && bytes) kept.add(id);
      return bytes && new Uint8Array(bytes);
    },
    put: (id, bytes) => void keep(id, bytes).catch(() => undefined),
    forget: remove,
    async forgetAll() {
      await remove([...kept]);
    },
  };
}
