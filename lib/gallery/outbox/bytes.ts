/** Bytes that wait in files beside the database, since they are too large for its rows. */
import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";

export type BytesFolder = {
  /** Writes a new file and resolves with its name when it is durable. */
  write(bytes: Uint8Array): Promise<string>;
  /** What a file holds; null when it is there no more. */
  read(file: string): Promise<Uint8Array<ArrayBuffer> | null>;
  remove(file: string): void;
  /** Removes what was left by a process that was killed before it could say that it had stored it. */
  removeStrays(isWanted: (file: string) => boolean): Promise<void>;
};

const strayAfterMs = 3_600_000;

export function openBytesFolder(folder: string): BytesFolder {
  const at = (file: string) => path.join(folder, file);
  let isDurable = false;
  const make = async () => {
    const made = await mkdir(folder, { recursive: true });
    if (isDurable && made === undefined) return;
    // Also one that was there: whoever made it may have been killed before it was durable.
    await syncFolder(path.dirname(folder));
    isDurable = true;
  };
  return {
    async write(bytes) {
      await make();
      const file = randomBytes(16).toString("hex");
      await writeDurably(at(file), bytes);
      await syncFolder(folder);
      return file;
    },
    async read(file) {
      try {
        return new Uint8Array(await readFile(at(file)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
        throw error;
      }
    },
    remove(file) {
      // What stays is a stray, and goes later.
      rm(at(file), { force: true }).catch(() => undefined);
    },
    async removeStrays(isWanted) {
      for (const file of await readdir(folder).catch(() => [])) {
        const found = await stat(at(file)).catch(() => null);
        if (found && Date.now() - found.mtimeMs > strayAfterMs && !isWanted(file)) await rm(at(file), { force: true });
      }
    },
  };
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, "wx");
  try {
    await handle.writeFile(bytes);
    await handle.datasync();
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
