import { stat, statfs } from "node:fs/promises";
import path from "node:path";

/** Where a folder lies: on this machine's own disk, on a volume mounted there, or in a container whose files go when it restarts. */
export type FolderKind = "local" | "mounted" | "ephemeral";

// The `f_type` of statfs(2).
const overlayfs = 0x794c7630;
const tmpfs = 0x01021994;
const remote = new Set([0x65735546 /* FUSE */, 0x6969 /* NFS */, 0xff534d42 /* CIFS */, 0xfe534d42 /* SMB2 */, 0x01021997 /* 9P */]);

/** Tells where a folder lies, or would lie if it does not exist yet. A Space's own disk is never kept, whatever its kind. */
export async function folderKind(folder: string, { onSpace }: { onSpace: boolean }): Promise<FolderKind> {
  const existing = await nearestExisting(path.resolve(folder));
  const [{ type }, system] = await Promise.all([statfs(existing), statfs("/")]);
  if (type === tmpfs) return "ephemeral";
  const contained = onSpace || system.type === overlayfs;
  if ((await mountPointOf(existing)) === "/") return contained ? "ephemeral" : "local";
  return contained || remote.has(type) ? "mounted" : "local";
}

async function nearestExisting(folder: string): Promise<string> {
  const found = await stat(folder).then(
    () => true,
    () => false,
  );
  return found || folder === path.dirname(folder) ? folder : nearestExisting(path.dirname(folder));
}

async function mountPointOf(folder: string): Promise<string> {
  const parent = path.dirname(folder);
  if (parent === folder) return folder;
  const [here, above] = await Promise.all([stat(folder), stat(parent)]);
  return here.dev === above.dev ? mountPointOf(parent) : folder;
}
