import { mkdtemp, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/** A new folder that is removed when the test has finished. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "keepsake-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

const enoughRoom = 2 ** 30;

/** Where folders by the thousand are quickest made and removed: in memory, if there is such a place with room; else where all others are. */
export async function quickestPlace(): Promise<string> {
  const inMemory = await statfs("/dev/shm").catch(() => null);
  return inMemory && inMemory.bavail * inMemory.bsize > enoughRoom ? "/dev/shm" : tmpdir();
}
