/**
 * Everything that a volume does with files. All of it is synchronous on purpose: it runs in threads of its own, see files.ts, because
 * Node's asynchronous calls share four threads, and a mount that hangs would take those from the whole process. Node runs this file as
 * it stands, so it imports nothing of ours but what lies beside it.
 */
import * as fs from "node:fs";
import path from "node:path";
import { folderKind, isRemote } from "./folder-kind.ts";

export type FolderEntry = { name: string; kind: "file" | "folder" | "other" };

const cannotSyncFolders = new Set(["EINVAL", "ENOTSUP", "EISDIR", "EPERM"]);

/** Writes a new file from beginning to end, durably; after an error nothing of it is left. */
function writeNew(file: string, bytes: Uint8Array): void {
  const handle = fs.openSync(file, "wx");
  try {
    try {
      for (let at = 0; at < bytes.length; ) at += fs.writeSync(handle, bytes, at);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  } catch (error) {
    fs.rmSync(file, { force: true });
    throw error;
  }
}

/** What a file holds, or null when there is none. */
function read(file: string): Uint8Array<ArrayBuffer> | null {
  return orAbsent(null, () => new Uint8Array(fs.readFileSync(file)));
}

/** Removes a file; one that is not there is no error. */
function remove(file: string): void {
  orAbsent(undefined, () => fs.unlinkSync(file));
}

/** What lies in a folder, or null when there is none. */
function entriesOf(folder: string): FolderEntry[] | null {
  const kindOf = (entry: fs.Dirent) => (entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other");
  return orAbsent(null, () => fs.readdirSync(folder, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: kindOf(entry) })));
}

/** False only when it is certain that nothing is there. */
function mayExist(file: string): boolean {
  try {
    fs.accessSync(file);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
}

/** Makes a folder and all above it, below a root; their names are durable then, also of those that were there. */
function makeFolder(folder: string, root: string): void {
  const first = fs.mkdirSync(folder, { recursive: true });
  const top = first !== undefined && first.length <= root.length ? first : root;
  for (let below = folder; below.length > top.length; below = path.dirname(below)) syncFolder(path.dirname(below));
  if (top === first) syncFolder(path.dirname(first));
}

/** Makes the names in a folder durable, where the system knows such a thing; on a mounted bucket it does nothing and need not. */
function syncFolder(folder: string): void {
  try {
    syncReader(folder);
  } catch (error) {
    if (!cannotSyncFolders.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** fsync through a descriptor that only reads: on a mounted bucket it puts an upload that failed back in line. */
function syncReader(file: string): void {
  const handle = fs.openSync(file, "r");
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Removes files in the folders of a folder that have not changed for so many milliseconds, and such folders; returns how many files. */
function removeOld(top: string, unchangedForMs: number): number {
  const isOld = (place: string) => {
    const found = fs.statSync(place, { throwIfNoEntry: false });
    return found !== undefined && Date.now() - found.mtimeMs > unchangedForMs;
  };
  let removed = 0;
  for (const { name, kind } of entriesOf(top) ?? []) {
    if (kind !== "folder") continue;
    const folder = path.join(top, name);
    for (const entry of entriesOf(folder) ?? []) {
      const file = path.join(folder, entry.name);
      if (!isOld(file)) continue;
      fs.unlinkSync(file);
      removed += 1;
    }
    if (isOld(folder)) removeIfEmpty(folder);
  }
  return removed;
}

// An empty folder may belong to a process that runs, which makes it again; one that is not empty stays.
function removeIfEmpty(folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** Who owns a folder or the nearest above it that exists. */
function ownerOf(folder: string): number {
  const found = fs.statSync(folder, { throwIfNoEntry: false });
  return found ? found.uid : ownerOf(path.dirname(folder));
}

function orAbsent<T>(absent: T, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return absent;
    throw error;
  }
}

export const fileWork = {
  writeNew,
  read,
  remove,
  entriesOf,
  mayExist,
  makeFolder,
  syncFolder,
  syncReader,
  removeOld,
  ownerOf,
  folderKind,
  isRemote,
  link: (from: string, to: string): void => fs.linkSync(from, to),
  rename: (from: string, to: string): void => fs.renameSync(from, to),
  /** Whether a file can be opened to be changed: a mount that only takes whole files from beginning to end refuses that. */
  canBeChanged(file: string): boolean {
    try {
      fs.closeSync(fs.openSync(file, "r+"));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EPERM") return false;
      throw error;
    }
  },
} as const;

export type FileWork = typeof fileWork;
