import { statfsSync, statSync } from "node:fs";
import path from "node:path";

/** Where a folder lies: on this machine's own disk, on a volume mounted there, or in a container whose files go when it restarts. */
export type FolderKind = "local" | "mounted" | "ephemeral";

// The `f_type` of statfs(2).
const overlayfs = 0x794c7630;
const tmpfs = 0x01021994;
const remote = new Set([0x65735546 /* FUSE */, 0x6969 /* NFS */, 0xff534d42 /* CIFS */, 0xfe534d42 /* SMB2 */, 0x01021997 /* 9P */]);

/** Tells where a folder lies, or would lie if it does not exist yet. A Space's own disk is never kept, whatever its kind. */
export function folderKind(folder: string, { onSpace }: { onSpace: boolean }): FolderKind {
  const existing = nearestExisting(path.resolve(folder));
  const { type } = statfsSync(existing);
  if (type === tmpfs) return "ephemeral";
  const contained = onSpace || statfsSync("/").type === overlayfs;
  if (mountPointOf(existing) === "/") return contained ? "ephemeral" : "local";
  return contained || remote.has(type) ? "mounted" : "local";
}

/** Whether a folder lies on another machine or service, which keeps promises of its own about what is durable. */
export function isRemote(folder: string): boolean {
  return remote.has(statfsSync(nearestExisting(path.resolve(folder))).type);
}

function nearestExisting(folder: string): string {
  const isThere = statSync(folder, { throwIfNoEntry: false }) !== undefined;
  return isThere || folder === path.dirname(folder) ? folder : nearestExisting(path.dirname(folder));
}

function mountPointOf(folder: string): string {
  const parent = path.dirname(folder);
  if (parent === folder) return folder;
  return statSync(folder).dev === statSync(parent).dev ? mountPointOf(parent) : folder;
}
