/** Objects as files in a folder: on a local disk, or on a Hugging Face bucket that is mounted as one. */
import { randomUUID } from "node:crypto";
import path from "node:path";
import { checkedName, checkedPrefix, isName, type ObjectStore, StorageFailure } from "@/lib/storage/object-store";
import { type Capability, probeCapability } from "@/lib/storage/volume/capability";
import { type Files, volumeFiles } from "@/lib/storage/volume/files";
import { openFolders } from "@/lib/storage/volume/folders";
import { publishByLink } from "@/lib/storage/volume/publish";

// What a file system itself puts at the top of an empty disk.
const madeBySystem = new Set(["lost+found", "tmp"]);

export type Volume = ObjectStore & {
  /** How this file system tells that something is durable; tried out at first, and again after six hours. @throws StorageFailure */
  capability(): Promise<Capability>;
};

const probedForMs = 6 * 3_600_000;

/**
 * The object store in a folder, which is made when it is first written to.
 * @param folder absolute path
 * @param deadlineMs how long a publication may be tried, in milliseconds
 * @param files what touches the files: by default threads of this process, which a mount that hangs cannot take others' time from
 */
export function openVolume({ folder, deadlineMs = 60_000, files = volumeFiles().files }: VolumeOptions): Volume {
  const root = path.resolve(folder);
  const fileOf = (name: string) => path.join(root, checkedName(name));
  const folders = openFolders(root, files);
  const temporaryFolder = path.join(root, "tmp", randomUUID());
  let probed: { at: number; capability: Promise<Capability> } | null = null;
  const capability = () => {
    if (!probed || Date.now() - probed.at > probedForMs) {
      const probing = answered("what the folder can do could not be tried out", () => probeCapability(files, folders, temporaryFolder));
      probed = { at: Date.now(), capability: probing };
      probing.catch(() => {
        probed = null;
      });
    }
    return probed.capability;
  };
  const publishing = { files, folders, temporaryFolder, deadlineMs, capability };

  return {
    capability,
    async publish(name, bytes) {
      await publishByLink({ name, bytes, target: fileOf(name) }, publishing);
    },
    async read(name) {
      const file = fileOf(name);
      return answered(`${name} could not be read`, () => files.read(file));
    },
    async *list(prefix) {
      yield* namesIn(files, root, checkedPrefix(prefix));
    },
    async remove(name) {
      const file = fileOf(name);
      await answered(`${name} could not be removed`, () => files.remove(file));
    },
    async isEmpty() {
      const entries = await answered("the folder could not be listed", () => files.entriesOf(root));
      return (entries ?? []).every(({ name }) => madeBySystem.has(name));
    },
  };
}

type VolumeOptions = { folder: string; deadlineMs?: number; files?: Files };

async function* namesIn(files: Files, root: string, prefix: string): AsyncIterable<string> {
  const entries = await answered(`${prefix} could not be listed`, () => files.entriesOf(path.join(root, prefix)));
  for (const entry of entries ?? []) {
    const name = prefix + entry.name;
    if (!isName(name)) continue;
    if (entry.kind === "folder") yield* namesIn(files, root, `${name}/`);
    if (entry.kind === "file") yield name;
  }
}

async function answered<T>(failure: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StorageFailure(failure, { cause: error });
  }
}
