import "server-only";
import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, statfs, unlink } from "node:fs/promises";
import path from "node:path";
import { config } from "@/lib/config";
import { Failure } from "@/lib/http/errors";

const largestFile = 20 * 1024 ** 3;
const longestSilenceMs = 60_000;
/** What is left for the outbox, which lies on the same disk: without room there, nobody can keep anything. A tenth of a small disk. */
const largestReserve = 1024 ** 3;
/** So many bytes may come before the disk is looked at again. */
const stepBytes = 8 * 1024 ** 2;

/** Bytes of the disk that a folder is on, as far as this process may write; a `size` of 0 when the disk does not say. */
export type Room = { free: number; size: number };

/**
 * Receives a file to local disk. Its name is taken away at once: whatever happens, nothing is left behind.
 * @throws Failure `import_too_large`, `storage_full` when the disk has no room to spare, `import_interrupted` when nothing comes for a minute
 */
export async function receiveUpload(upload: AsyncIterable<Uint8Array>, measureRoom = roomAt): Promise<FileHandle> {
  const folder = path.join(config().cacheDir, "imports");
  await mkdir(folder, { recursive: true });
  const name = path.join(folder, randomUUID());
  const file = await open(name, "wx+");
  try {
    await unlink(name);
    let size = 0;
    let allowed = 0;
    for await (const chunk of untilSilent(upload)) {
      size += chunk.length;
      if (size > largestFile) throw new Failure("import_too_large");
      if (size > allowed) {
        const wanted = Math.max(chunk.length, stepBytes);
        requireRoom(await measureRoom(folder), wanted);
        allowed = size - chunk.length + wanted;
      }
      await file.writeFile(chunk);
    }
    return file;
  } catch (error) {
    await file.close();
    throw (error as NodeJS.ErrnoException).code === "ENOSPC" ? new Failure("storage_full", { cause: error }) : error;
  }
}

async function roomAt(folder: string): Promise<Room> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { free: bavail * bsize, size: blocks * bsize };
}

function requireRoom({ free, size }: Room, wanted: number): void {
  const reserve = Math.min(largestReserve, size / 10);
  if (size === 0 || free - wanted >= reserve) return;
  throw new Failure("storage_full", { cause: new Error(`${free} bytes are free where ${Math.ceil(reserve)} are left for the outbox`) });
}

async function* untilSilent(upload: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const chunks = upload[Symbol.asyncIterator]();
  try {
    for (let next = await orSilence(chunks.next()); !next.done; next = await orSilence(chunks.next())) yield next.value;
  } finally {
    // Not waited for: what is silent may not answer this either.
    Promise.resolve(chunks.return?.()).catch(() => undefined);
  }
}

async function orSilence<T>(coming: Promise<T>): Promise<T> {
  const silence = Promise.withResolvers<never>();
  const timer = setTimeout(() => silence.reject(new Failure("import_interrupted")), longestSilenceMs);
  try {
    return await Promise.race([coming, silence.promise]);
  } finally {
    clearTimeout(timer);
  }
}
