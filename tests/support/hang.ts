import { execFileSync } from "node:child_process";
import { constants } from "node:fs";
import { open, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Makes a file hang: in its place lies a named pipe that nobody writes to, and opening one waits for ever, as a file of a mount does whose
 * service is silent. Resolves with what ends it.
 */
export async function hang(file: string): Promise<() => Promise<void>> {
  await rename(file, `${file}.real`);
  execFileSync("mkfifo", [file]);
  return async () => {
    // Whoever opens it from now on finds the real file; whoever waits is let go.
    await rename(file, `${file}.pipe`);
    await rename(`${file}.real`, file);
    for (;;) {
      const writer = await open(`${file}.pipe`, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => null);
      if (!writer) break;
      await writer.close();
      await pause(20);
    }
    await rm(`${file}.pipe`);
  };
}

/** Makes the marker of an archive and the image of one of its pictures hang. */
export async function hangArchive(archive: string, id: string): Promise<() => Promise<void>> {
  const image = (await readdir(archive, { recursive: true })).find((name) => name.endsWith(`${id}.png`)) ?? "";
  const releases = [await hang(path.join(archive, "keepsake.json")), await hang(path.join(archive, image))];
  return async () => {
    for (const release of releases) await release();
  };
}
