import { randomBytes } from "node:crypto";
import { access, link, open, readFile, unlink } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ObjectCollision, StorageFailure } from "@/lib/storage/object-store";
import { type Folders, syncFolder } from "@/lib/storage/volume/folders";

export type Publication = { name: string; bytes: Uint8Array; target: string };
export type Publishing = { folders: Folders; temporaryFolder: string; deadlineMs: number };

const firstPauseMs = 100;
const longestPauseMs = 2000;
const urgeEveryMs = 5000;

/**
 * Writes bytes to a temporary file and gives them their name by link(2), which is atomic and never overwrites. On a Hugging Face
 * bucket that is mounted as a folder, link is also the only call whose success means durable: until a file has been uploaded it
 * answers ENOTSUP, and it is asked again. On a local disk, fsync of the file before and of its folder after make it durable.
 * @throws ObjectCollision, StorageFailure
 */
export async function publishByLink({ name, bytes, target }: Publication, { folders, temporaryFolder, deadlineMs }: Publishing) {
  const until = performance.now() + deadlineMs;
  let temporary: string | null = null;
  let urgedAt = performance.now();
  try {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        await folders.ensure(path.dirname(target));
        temporary ??= await writeTemporary(bytes, temporaryFolder, folders);
        await link(temporary, target);
        return await syncFolder(path.dirname(target));
      } catch (error) {
        const answer = answerOf(error);
        if (answer === "taken") return await settleTaken(name, bytes, target);
        if (answer === "refused") throw refusal(name, error);
        if (performance.now() + pauseMs > until) throw new StorageFailure(`${name} could not be published in time`, { cause: error });
        await pause(pauseMs);
        if (answer === "gone") {
          await folders.restore(path.dirname(target));
          if (temporary && !(await exists(temporary))) temporary = null;
        } else if (answer === "unsettled" && temporary && performance.now() - urgedAt > urgeEveryMs) {
          urgedAt = performance.now();
          await urge(temporary);
        }
      }
    }
  } catch (error) {
    if (error instanceof ObjectCollision || error instanceof StorageFailure) throw error;
    throw refusal(name, error);
  } finally {
    if (temporary) await unlink(temporary).catch(() => {});
  }
}

type Answer = "unsettled" | "taken" | "gone" | "busy" | "refused";

const answers: Record<string, Answer> = {
  ENOTSUP: "unsettled",
  EOPNOTSUPP: "unsettled",
  EEXIST: "taken",
  ENOENT: "gone",
  EIO: "busy",
  EAGAIN: "busy",
  EBUSY: "busy",
  ETIMEDOUT: "busy",
};

function answerOf(error: unknown): Answer {
  return answers[(error as NodeJS.ErrnoException).code ?? ""] ?? "refused";
}

function refusal(name: string, error: unknown): StorageFailure {
  const { code, syscall } = error as NodeJS.ErrnoException;
  const withoutLinks = syscall === "link" && (code === "EPERM" || code === "ENOSYS");
  const why = withoutLinks
    ? "this file system cannot make hard links, without which nothing can be published safely"
    : `storage says ${code}`;
  return new StorageFailure(`${name} could not be published: ${why}`, { cause: error });
}

// A name that is never used again, written once from beginning to end: after any error the next attempt takes a new one.
async function writeTemporary(bytes: Uint8Array, folder: string, folders: Folders): Promise<string> {
  const temporary = path.join(folder, randomBytes(16).toString("hex"));
  await folders.ensure(folder);
  const handle = await open(temporary, "wx").catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    await folders.restore(folder);
    return open(temporary, "wx");
  });
  try {
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return temporary;
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
}

// Whoever published it may have been killed before the folder was synced, so that is done here again.
async function settleTaken(name: string, bytes: Uint8Array, target: string): Promise<void> {
  if (!(await readFile(target)).equals(bytes)) throw new ObjectCollision(name);
  await syncFolder(path.dirname(target));
}

// On a mounted bucket, fsync by a reader puts an upload that failed back in line; what it says belongs to an earlier attempt.
async function urge(temporary: string): Promise<void> {
  const handle = await open(temporary, "r").catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close().catch(() => {});
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== "ENOENT",
  );
}
