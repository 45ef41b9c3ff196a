import { mkdir, open } from "node:fs/promises";
import path from "node:path";

export type Folders = {
  /** Makes a folder, and all above it, once per process; resolves when their names are durable. */
  ensure(folder: string): Promise<void>;
  /** The same for a folder that has vanished since: on a mounted bucket an empty one can do so at any time. */
  restore(folder: string): Promise<void>;
};

/** The folders of one volume, which lies at `root`. */
export function openFolders(root: string): Folders {
  const made = new Map<string, Promise<void>>();
  const restore = (folder: string) => {
    const making = makeFolder(folder, root);
    made.set(folder, making);
    making.catch(() => made.delete(folder));
    return making;
  };
  return { ensure: (folder) => made.get(folder) ?? restore(folder), restore };
}

// A folder found there may have been made by a process that was killed before its name was durable: each process makes sure once.
async function makeFolder(folder: string, root: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  const top = first !== undefined && first.length <= root.length ? first : root;
  for (let below = folder; below.length > top.length; below = path.dirname(below)) await syncFolder(path.dirname(below));
  if (top === first) await syncFolder(path.dirname(first));
}

const cannotSyncFolders = new Set(["EINVAL", "ENOTSUP", "EISDIR", "EPERM"]);

/** Makes the names in a folder durable, where the system knows such a thing; on a mounted bucket it does nothing and need not. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!cannotSyncFolders.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}
