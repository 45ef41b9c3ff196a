/** Objects as files in a folder: on a local disk, or on a Hugging Face bucket that is mounted as one. */
import { randomUUID } from "node:crypto";
import { opendir, readdir, readFile, unlink } from "node:fs/promises";
import path from "node:path";
import { checkedName, checkedPrefix, isName, type ObjectStore, StorageFailure } from "@/lib/storage/object-store";
import { openFolders } from "@/lib/storage/volume/folders";
import { publishByLink } from "@/lib/storage/volume/publish";

// What a file system itself puts at the top of an empty disk.
const madeBySystem = new Set(["lost+found", "tmp"]);

/**
 * The object store in a folder, which is made when it is first written to.
 * @param folder absolute path
 * @param deadlineMs how long a publication may be tried, in milliseconds
 */
export function openVolume({ folder, deadlineMs = 60_000 }: { folder: string; deadlineMs?: number }): ObjectStore {
  const root = path.resolve(folder);
  const fileOf = (name: string) => path.join(root, checkedName(name));
  const publishing = { folders: openFolders(root), temporaryFolder: path.join(root, "tmp", randomUUID()), deadlineMs };

  return {
    async publish(name, bytes) {
      await publishByLink({ name, bytes, target: fileOf(name) }, publishing);
    },
    async read(name) {
      const file = fileOf(name);
      return answered(`${name} could not be read`, null, () => readFile(file));
    },
    async *list(prefix) {
      yield* namesIn(root, checkedPrefix(prefix));
    },
    async remove(name) {
      const file = fileOf(name);
      await answered(`${name} could not be removed`, undefined, () => unlink(file));
    },
    async isEmpty() {
      const names = await answered("the folder could not be listed", [], () => readdir(root));
      return names.every((name) => madeBySystem.has(name));
    },
  };
}

async function* namesIn(root: string, prefix: string): AsyncIterable<string> {
  const folder = await answered(`${prefix} could not be listed`, null, () => opendir(path.join(root, prefix), { bufferSize: 1024 }));
  if (!folder) return;
  try {
    for await (const entry of folder) {
      const name = prefix + entry.name;
      if (!isName(name)) continue;
      if (entry.isDirectory()) yield* namesIn(root, `${name}/`);
      if (entry.isFile()) yield name;
    }
  } catch (error) {
    throw error instanceof StorageFailure ? error : new StorageFailure(`${prefix} could not be listed`, { cause: error });
  }
}

// ENOENT is an answer; every other error means that storage could not tell.
async function answered<T>(failure: string, absent: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return absent;
    throw new StorageFailure(failure, { cause: error });
  }
}
