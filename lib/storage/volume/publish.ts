import { randomBytes } from "node:crypto";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ObjectCollision, StorageFailure } from "@/lib/storage/object-store";
import { type Capability, lacksLinks, unconfirmed } from "@/lib/storage/volume/capability";
import type { Files } from "@/lib/storage/volume/files";
import type { Folders } from "@/lib/storage/volume/folders";

export type Publication = { name: string; bytes: Uint8Array; target: string };
export type Publishing = {
  files: Files;
  folders: Folders;
  temporaryFolder: string;
  deadlineMs: number;
  /** What the file system can do, asked for when it knows no links. */
  capability: () => Promise<Capability>;
};

const firstPauseMs = 100;
const longestPauseMs = 2000;
const urgeEveryMs = 5000;

/**
 * Writes bytes to a temporary file and gives them their name by link(2), which is atomic and never overwrites. On a Hugging Face
 * bucket that is mounted as a folder, link is also the only call whose success means durable: until a file has been uploaded it
 * answers ENOTSUP, and it is asked again. On a local disk, fsync of the file before and of its folder after make it durable.
 * @throws ObjectCollision, StorageFailure
 */
export async function publishByLink({ name, bytes, target }: Publication, publishing: Publishing): Promise<void> {
  const { files, folders, deadlineMs } = publishing;
  const until = performance.now() + deadlineMs;
  let temporary: string | null = null;
  let urgedAt = performance.now();
  try {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        await folders.ensure(path.dirname(target));
        temporary ??= await writeTemporary(bytes, publishing);
        await files.link(temporary, target);
        return await files.syncFolder(path.dirname(target));
      } catch (error) {
        if (temporary && lacksLinks(error)) return await publishByRename({ name, bytes, target }, temporary, publishing);
        const answer = answerOf(error);
        if (answer === "taken") return await settleTaken({ name, bytes, target }, files);
        if (answer === "refused") throw refusal(name, error);
        if (performance.now() + pauseMs > until) throw new StorageFailure(`${name} could not be published in time`, { cause: error });
        await pause(pauseMs);
        if (answer === "gone") {
          await folders.restore(path.dirname(target));
          if (temporary && !(await files.mayExist(temporary))) temporary = null;
        } else if (answer === "unsettled" && temporary && performance.now() - urgedAt > urgeEveryMs) {
          urgedAt = performance.now();
          // What it says belongs to an earlier attempt.
          await files.syncReader(temporary).catch(() => {});
        }
      }
    }
  } catch (error) {
    if (error instanceof ObjectCollision || error instanceof StorageFailure) throw error;
    throw refusal(name, error);
  } finally {
    if (temporary) await files.remove(temporary).catch(() => {});
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
  const { code = "", silent } = error as NodeJS.ErrnoException & { silent?: boolean };
  return silent ? "refused" : (answers[code] ?? "refused");
}

function refusal(name: string, error: unknown): StorageFailure {
  return new StorageFailure(`${name} could not be published`, { cause: error });
}

/**
 * Where there are no links, a rename gives the name. It would overwrite, so it is looked first; names of ours are given to one object
 * only. A mount that cannot tell when that is durable has the file then, and is not believed.
 */
async function publishByRename(publication: Publication, temporary: string, { files, capability }: Publishing): Promise<void> {
  const { name, target } = publication;
  const can = await capability();
  if (await files.mayExist(target)) await settleTaken(publication, files);
  else await files.rename(temporary, target);
  await files.syncFolder(path.dirname(target));
  if (can === "unconfirmed") throw new StorageFailure(`${name} was handed over`, { cause: unconfirmed() });
}

// A name that is never used again, written once from beginning to end: after any error the next attempt takes a new one.
async function writeTemporary(bytes: Uint8Array, { files, folders, temporaryFolder }: Publishing): Promise<string> {
  const temporary = path.join(temporaryFolder, randomBytes(16).toString("hex"));
  await folders.ensure(temporaryFolder);
  await files.writeNew(temporary, bytes).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    await folders.restore(temporaryFolder);
    await files.writeNew(temporary, bytes);
  });
  return temporary;
}

// Whoever published it may have been killed before the folder was synced, so that is done here again.
async function settleTaken({ name, bytes, target }: Publication, files: Files): Promise<void> {
  const there = await files.read(target);
  // What was published elsewhere may be read only later, and it may have been these very bytes.
  if (!there) throw refusal(name, new Error("it is taken, and yet not there"));
  if (Buffer.compare(there, bytes) !== 0) throw new ObjectCollision(name);
  await files.syncFolder(path.dirname(target));
}
