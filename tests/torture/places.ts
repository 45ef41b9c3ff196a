/** Where the archive lies while the server is being killed: a plain folder, or a bucket mounted by a program that plays hf-mount. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";

export type Place = {
  name: string;
  dataDir: string;
  /** Lets storage fail now and then, from here on. */
  beginFaults(): Promise<void>;
  endFaults(): Promise<void>;
  /** Ends the mount as a killed Space would, and mounts it again. */
  crash(): Promise<void>;
  close(): Promise<void>;
};

// The mount goes on in the background and would keep a pipe open: it gets none.
function execute(program: string, parameters: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { stdio: "ignore" });
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${program} ${parameters[0]} ended with ${code}`))));
  });
}

const nothing = async () => {};

export async function plainFolder(folder: string): Promise<Place> {
  const dataDir = path.join(folder, "archive");
  return { name: "a plain folder", dataDir, beginFaults: nothing, endFaults: nothing, crash: nothing, close: nothing };
}

/** Why no bucket can be mounted here, in a sentence; null when one can. */
export function whyNoBucket(): string | null {
  if (!process.env.BUCKETFS) return "BUCKETFS does not name a program that mounts a bucket";
  if (!existsSync(process.env.BUCKETFS)) return "BUCKETFS names a program that is not there";
  return existsSync("/dev/fuse") ? null : "there is no /dev/fuse";
}

/** `mode` is `streaming` or `advanced`. */
export async function mountedBucket(folder: string, mode: string): Promise<Place> {
  const program = process.env.BUCKETFS ?? "";
  const [remote, dataDir, control] = ["remote", "mnt", "ctl"].map((name) => path.join(folder, name)) as [string, string, string];
  await mkdir(remote, { recursive: true });
  await mkdir(dataDir, { recursive: true });
  const mount = () =>
    execute(program, ["--remote", remote, "--mnt", dataDir, "--ctl", control, "--mode", mode, "--profile", "fast", "--background"]);
  const unmount = () => execute(program, ["umount", dataDir]);
  const tell = (...words: string[]) => execute(program, ["ctl", control, ...words]);
  await mount();
  return {
    name: `a bucket mounted in ${mode} mode`,
    dataDir,
    async beginFaults() {
      const rules = ["upload 0.1 before", "batch 0.05 after", "list 0.02 before", "download 0.02 before"].map((rule) => {
        const [op, prob, when] = rule.split(" ");
        return { op, prob: Number(prob), when, errno: "EIO", times: 1_000_000 };
      });
      await tell(JSON.stringify({ cmd: "set-fault", rules }));
    },
    endFaults: () => tell("clear-faults"),
    async crash() {
      await tell("crash").catch(() => undefined);
      await unmount().catch(() => undefined);
      await mount();
    },
    close: () => unmount().catch(() => undefined),
  };
}
