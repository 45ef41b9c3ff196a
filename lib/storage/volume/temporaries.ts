import { readdir, rmdir, stat, unlink } from "node:fs/promises";
import path from "node:path";

/**
 * Removes what processes that were killed have left in `tmp/` of a volume, as far as it has not changed for so many milliseconds: a
 * process that runs is done with its files long before. Returns how many files it removed.
 * @throws Error of node:fs when storage does not answer
 */
export async function removeOldTemporaries(root: string, unchangedForMs: number): Promise<number> {
  const isOld = async (place: string) => {
    const found = await stat(place).catch(() => null);
    return found !== null && Date.now() - found.mtimeMs > unchangedForMs;
  };
  const top = path.join(root, "tmp");
  let removed = 0;
  for (const folder of await foldersIn(top)) {
    const instance = path.join(top, folder);
    for (const name of await readdir(instance)) {
      const file = path.join(instance, name);
      if (!(await isOld(file))) continue;
      await unlink(file);
      removed += 1;
    }
    // A folder that is not empty stays; an empty one may belong to a process that runs, which makes it again.
    if (await isOld(instance)) await rmdir(instance).catch(() => undefined);
  }
  return removed;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
