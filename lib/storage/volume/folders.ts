import type { Files } from "@/lib/storage/volume/files";

export type Folders = {
  /** Makes a folder, and all above it, once per process; resolves when their names are durable. */
  ensure(folder: string): Promise<void>;
  /** The same for a folder that has vanished since: on a mounted bucket an empty one can do so at any time. */
  restore(folder: string): Promise<void>;
};

/** The folders of one volume, which lies at `root`. */
export function openFolders(root: string, files: Files): Folders {
  const made = new Map<string, Promise<void>>();
  // A folder found there may have been made by a process that was killed before its name was durable: each process makes sure once.
  const restore = (folder: string) => {
    const making = files.makeFolder(folder, root);
    made.set(folder, making);
    making.catch(() => made.delete(folder));
    return making;
  };
  return { ensure: (folder) => made.get(folder) ?? restore(folder), restore };
}
