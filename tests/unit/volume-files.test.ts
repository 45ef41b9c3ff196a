/** Threads that touch files, on a file that hangs: a named pipe that nobody writes to is opened for reading for ever. */
import { execFileSync } from "node:child_process";
import { constants } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { startFileThreads } from "@/lib/storage/volume/files";
import { temporaryFolder } from "@/tests/support/temporary-folder";

async function begin() {
  const folder = await temporaryFolder();
  const [pipe, file] = [path.join(folder, "pipe"), path.join(folder, "file")];
  execFileSync("mkfifo", [pipe]);
  await writeFile(file, "here");
  return { folder, pipe, file };
}

/** Lets go whoever hangs at the pipe, until nothing is stuck any more; a thread may come there only now. */
const expectReleased = (pipe: string, isStuck: () => boolean) =>
  expect
    .poll(
      async () => {
        const writer = await open(pipe, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => null);
        await writer?.close();
        return isStuck();
      },
      { timeout: 10_000 },
    )
    .toBe(false);

const silent = { code: "ETIMEDOUT", silent: true };

it("reads, writes and tells errors as the system does", async () => {
  const { folder, file } = await begin();
  const { files, isStuck } = startFileThreads();
  const name = path.join(folder, "new");
  await files.writeNew(name, Buffer.from("new"));
  expect(Buffer.from((await files.read(name)) ?? []).toString()).toBe("new");
  expect(await files.read(path.join(folder, "nothing"))).toBeNull();
  await expect(files.link(file, name)).rejects.toMatchObject({ code: "EEXIST", syscall: "link" });
  await expect(files.writeNew(name, Buffer.from("again"))).rejects.toMatchObject({ code: "EEXIST" });
  expect(isStuck()).toBe(false);
});

it("gives up a call that hangs, fails the others at once, and recovers when storage answers", async () => {
  const { pipe, file } = await begin();
  const { files, isStuck } = startFileThreads({ deadlineMs: 2000, probeEveryMs: 200, mostStuck: 3 });
  await files.read(file);
  await expect(files.read(pipe)).rejects.toMatchObject(silent);
  expect(isStuck()).toBe(true);

  // Nothing is asked of storage any more: not even one turn of the event loop passes.
  const inTheNextTurn = new Promise((resolve) => setImmediate(resolve, "waits"));
  expect(await Promise.race([files.read(file).catch((error: unknown) => error), inTheNextTurn])).toMatchObject(silent);

  // One call after a while finds out that the rest of storage answers.
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(Buffer.from((await files.read(file)) ?? []).toString()).toBe("here");
  await expectReleased(pipe, isStuck);
}, 30_000);

it("risks no more than so many threads, and keeps the rest of the process alive", async () => {
  const { pipe, file } = await begin();
  const { files, isStuck } = startFileThreads({ deadlineMs: 500, probeEveryMs: 0, mostStuck: 3 });
  for (let n = 0; n < 6; n += 1) {
    await expect(files.read(pipe)).rejects.toMatchObject(silent);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await expect(files.read(file)).rejects.toMatchObject(silent);
  // Node's own threads are free: this is what a page needs. While they hung it would be for ever.
  await (await open(file)).close();
  await expectReleased(pipe, isStuck);
  expect(Buffer.from((await files.read(file)) ?? []).toString()).toBe("here");
}, 30_000);

it("goes on with a thread that is free when it may start no more", async () => {
  const { pipe, file } = await begin();
  const { files, isStuck } = startFileThreads({ deadlineMs: 2000, probeEveryMs: 0, mostStuck: 1 });
  const aMoment = () => new Promise((resolve) => setTimeout(resolve, 5));
  await Promise.all([file, file].map(files.read));
  await expect(files.read(pipe)).rejects.toMatchObject(silent);
  await aMoment();
  expect(Buffer.from((await files.read(file)) ?? []).toString()).toBe("here");
  // The other one hangs, too: none is left, and none is started.
  await expect(files.read(pipe)).rejects.toMatchObject(silent);
  await aMoment();
  await expect(files.read(file)).rejects.toMatchObject(silent);
  await expectReleased(pipe, isStuck);
  expect(Buffer.from((await files.read(file)) ?? []).toString()).toBe("here");
}, 30_000);
