import { randomBytes } from "node:crypto";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Files } from "@/lib/storage/volume/files";
import type { Folders } from "@/lib/storage/volume/folders";

/**
 * How a file system tells that something is durable: by a link that succeeds at once, or once a mounted bucket has uploaded the file; by
 * renaming, where there are no links; or not at all.
 */
export type Capability = "link at once" | "link when uploaded" | "rename" | "unconfirmed";

const askEveryMs = 500;
const longestUploadMs = 60_000;

/** Codes by which link(2) says that there is no such thing here. libuv has no name for 524, ENOTSUPP. */
const withoutLinks = new Set(["EPERM", "ENOSYS", "EMLINK", "Unknown system error -524"]);

/** True when link(2) failed for want of hard links, and not of this one. */
export function lacksLinks(error: unknown): boolean {
  const { code = "", syscall } = error as NodeJS.ErrnoException;
  return syscall === "link" && withoutLinks.has(code);
}

/** What stands in the way of a folder that is unconfirmed. */
export function unconfirmed(): Error {
  return Object.assign(new Error("this mount does not tell when something is durable"), { code: "UNCONFIRMED" });
}

/**
 * Tries it out with a file of 64 random bytes in a folder for temporary files.
 * @throws Error of node:fs with what stands in the way of writing there
 */
export async function probeCapability(files: Files, folders: Folders, folder: string): Promise<Capability> {
  const file = path.join(folder, randomBytes(16).toString("hex"));
  const alias = `${file}-probe`;
  await folders.restore(folder);
  try {
    await files.writeNew(file, randomBytes(64));
    for (const until = performance.now() + longestUploadMs, answer: { isFirst: boolean } = { isFirst: true }; ; answer.isFirst = false) {
      try {
        await files.link(file, alias);
        return answer.isFirst ? "link at once" : "link when uploaded";
      } catch (error) {
        if (lacksLinks(error)) return await withoutLink(files, file);
        const isWaiting = ["ENOTSUP", "EOPNOTSUPP"].includes((error as NodeJS.ErrnoException).code ?? "");
        if (!isWaiting || performance.now() > until) throw error;
        await pause(askEveryMs);
      }
    }
  } finally {
    for (const name of [file, alias]) await files.remove(name).catch(() => undefined);
  }
}

// A mount that uploads while a file is written has it when close returns; one that uploads later, or NFS, says nothing about it.
async function withoutLink(files: Files, file: string): Promise<Capability> {
  const isSure = !(await files.isRemote(file)) || !(await files.canBeChanged(file));
  return isSure ? "rename" : "unconfirmed";
}
