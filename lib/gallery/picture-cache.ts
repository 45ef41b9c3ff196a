import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { idPattern } from "@/lib/gallery/generation";

/** Pictures of items that were looked at lately, on local disk: they are shown at once, also while storage is slow or does not answer. */
export type PictureCache = {
  read(id: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Keeps one in the background; should that fail, it is made or read from storage again. */
  put(id: string, bytes: Uint8Array): void;
  forget(ids: readonly string[]): Promise<void>;
  /** Forgets all but what is known: what was erased elsewhere, or was put while it was being erased. */
  keepOnly(isKnown: (id: string) => boolean): Promise<void>;
};

/**
 * Opens the cache in a folder, which is made when something is kept.
 * @param ending of the names of its files
 * @param mostBytes beyond it, what was not looked at for longest is forgotten
 */
export function openPictureCache(folder: string, ending: "jpg" | "webp", mostBytes: number): PictureCache {
  // How large each is, in the order of their last use, as far as this process knows it.
  const kept = new Map<string, number>();
  const at = (id: string) => path.join(folder, `${id}.${ending}`);
  // Any other name is that of a write that the end of a process cut off.
  const find = async (name: string) => {
    const { name: id, ext } = path.parse(name);
    if (ext === `.${ending}` && idPattern.test(id)) kept.set(id, (await stat(at(id))).size);
    else await rm(path.join(folder, name), { force: true });
  };
  const found = readdir(folder)
    .then((names) => Promise.allSettled(names.map(find)))
    .catch(() => undefined);
  const remove = async (ids: readonly string[]) => {
    for (const id of ids) {
      kept.delete(id);
      await rm(at(id), { force: true });
    }
  };
  const leastUsed = () => {
    let bytes = [...kept.values()].reduce((sum, size) => sum + size, 0);
    const ids: string[] = [];
    for (const [id, size] of kept) {
      if (bytes <= mostBytes) break;
      bytes -= size;
      ids.push(id);
    }
    return ids;
  };
  const keep = async (id: string, bytes: Uint8Array) => {
    if (bytes.length > mostBytes) return;
    await found;
    await mkdir(folder, { recursive: true });
    // Never seen half-written: not after a kill, nor while another one puts the same.
    const unfinished = `${at(id)}.${randomBytes(8).toString("hex")}`;
    try {
      await writeFile(unfinished, bytes);
      await rename(unfinished, at(id));
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    kept.delete(id);
    kept.set(id, bytes.length);
    await remove(leastUsed());
  };
  return {
    async read(id) {
      await found;
      if (!kept.has(id)) return null;
      const bytes = await readFile(at(id)).catch(() => null);
      // To the end of the order, unless it was forgotten meanwhile.
      if (kept.delete(id) && bytes) kept.set(id, bytes.length);
      return bytes && new Uint8Array(bytes);
    },
    put: (id, bytes) => void keep(id, bytes).catch(() => undefined),
    forget: remove,
    async keepOnly(isKnown) {
      await found;
      await remove([...kept.keys()].filter((id) => !isKnown(id)));
    },
  };
}
