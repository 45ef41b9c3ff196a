/**
 * What only a real system can do to a folder: run full, become read-only, belong to somebody else, vanish, fail at one system call.
 * Each needs root and a program or two, and is skipped, visibly, without them.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { openArchive } from "@/lib/gallery/archive";
import { openVolume } from "@/lib/storage/volume";
import { temporaryFolder } from "@/tests/support/temporary-folder";

const isRoot = process.getuid?.() === 0;
const canMount = isRoot && mounts();
const nobody = 65_534;
/** A clone in the home of root can be run by root alone. */
const canBeNobody = isRoot && spawnSync(process.execPath, ["--version"], { uid: nobody, gid: nobody }).status === 0;
const hasStrace = isRoot && spawnSync("strace", ["-V"]).status === 0;
const bytes = (size: number, fill = 1) => Buffer.alloc(size, fill);
const names = (count: number) => Array.from({ length: count }, (_, n) => `o/00/object-${n}.png`);

function mounts(): boolean {
  return spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
}

async function smallDisk(): Promise<string> {
  const folder = await temporaryFolder();
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "none", folder]);
  onTestFinished(() => void spawnSync("umount", ["-l", folder]));
  return folder;
}

describe.skipIf(!canMount)("a small disk (needs root)", () => {
  it("that runs full refuses as a whole what does not fit, keeps the rest, and goes on when there is room", async () => {
    const folder = await smallDisk();
    const store = openVolume({ folder, deadlineMs: 2000 });
    const published: string[] = [];
    for (const name of names(20)) {
      const outcome = await store.publish(name, bytes(100_000)).then(
        () => null,
        (error: unknown) => error,
      );
      if (outcome === null) published.push(name);
      else {
        expect(outcome).toMatchObject({ name: "StorageFailure", full: true });
        break;
      }
    }
    expect(published.length).toBeGreaterThan(5);
    expect(published.length).toBeLessThan(12);
    const listed: string[] = [];
    for await (const name of store.list("o/")) listed.push(name);
    expect(listed.sort()).toEqual(published.sort());
    for (const name of published) expect(await store.read(name)).toHaveLength(100_000);
    await store.remove(published[0] ?? "");
    await store.publish("o/00/after.png", bytes(50_000));
    expect(await store.read("o/00/after.png")).toHaveLength(50_000);
  });

  it("that becomes read-only still reads, and refuses at once to publish", async () => {
    const folder = await smallDisk();
    const store = openVolume({ folder, deadlineMs: 2000 });
    await store.publish("o/00/one.png", bytes(10));
    execFileSync("mount", ["-o", "remount,ro", folder]);
    await expect(store.publish("o/00/two.png", bytes(10))).rejects.toMatchObject({ name: "StorageFailure", full: false });
    expect(await store.read("o/00/one.png")).toHaveLength(10);
  });

  it("that vanishes is not begun anew, and back it is the same archive", async () => {
    const folder = await temporaryFolder();
    const [disk, mounted] = [path.join(folder, "disk"), path.join(folder, "data")];
    for (const place of [disk, mounted]) await mkdir(place);
    execFileSync("mount", ["--bind", disk, mounted]);
    onTestFinished(() => void spawnSync("umount", ["-l", mounted]));
    const { id } = await openArchive(openVolume({ folder: mounted }), null);
    execFileSync("umount", [mounted]);
    await expect(openArchive(openVolume({ folder: mounted }), id)).rejects.toMatchObject({ name: "ForeignPlace" });
    expect(await readdir(mounted)).toEqual([]);
    execFileSync("mount", ["--bind", disk, mounted]);
    expect((await openArchive(openVolume({ folder: mounted }), id)).id).toBe(id);
  });
});

const onProductCode = ["--conditions=react-server", "--import", "./dev/aliases.ts", "--input-type=module-typescript", "-e"];

/** Runs product code in a process of its own that publishes so many objects and says of each how it went. */
function publishIn(folder: string, count: number, { user, around = [] }: { user?: number; around?: string[] } = {}) {
  const script = `
    import { openVolume } from "./lib/storage/volume.ts";
    const store = openVolume({ folder: ${JSON.stringify(folder)}, deadlineMs: 5000 });
    const said = [];
    for (let n = 0; n < ${count}; n += 1)
      said.push(await store.publish("o/00/object-" + n + ".png", Buffer.alloc(1000, n)).then(() => "published", (error) => error.name + ": " + error.message + " " + error.cause?.code));
    console.log(JSON.stringify(said));
    process.exit(0);`;
  const [program = "", ...before] = [...around, process.execPath];
  const parameters = [
    ...before,
    "--conditions=react-server",
    "--import",
    "./dev/aliases.ts",
    "--input-type=module-typescript",
    "-e",
    script,
  ];
  const ran = spawnSync(program, parameters, { encoding: "utf8", timeout: 60_000, ...(user !== undefined && { uid: user, gid: user }) });
  return { said: JSON.parse(ran.stdout.trim() || "[]") as string[], errors: ran.stderr };
}

it.each(["SIGTERM", "SIGKILL"] as const)("%s in the middle of twenty publications leaves each whole or not there", async (signal) => {
  const folder = await temporaryFolder();
  const script = `
    import { openVolume } from "./lib/storage/volume.ts";
    const store = openVolume({ folder: ${JSON.stringify(folder)} });
    const names = Array.from({ length: 20 }, (_, n) => "o/00/object-" + n + ".png");
    await Promise.all(names.map((name, n) => store.publish(name, Buffer.alloc(200_000, n)).then(() => console.log(name))));
    process.exit(0);`;
  const child = spawn(process.execPath, [...onProductCode, script], { stdio: ["ignore", "pipe", "inherit"] });
  const published: string[] = [];
  for await (const line of createInterface(child.stdout)) if (published.push(line) === 3) child.kill(signal);
  expect(published.length).toBeGreaterThanOrEqual(3);
  const store = openVolume({ folder });
  const listed: string[] = [];
  for await (const name of store.list("o/")) listed.push(name);
  for (const name of published) expect(listed).toContain(name);
  for (const name of listed) expect(await store.read(name)).toHaveLength(200_000);
});

describe.skipIf(!canBeNobody)("a folder of somebody else (needs root, in a folder that others may read)", () => {
  it("is refused with a sentence", async () => {
    const folder = await temporaryFolder();
    await chmod(folder, 0o755);
    const { said, errors } = publishIn(folder, 1, { user: nobody });
    expect(said, errors).toEqual([expect.stringMatching(/^StorageFailure: .*EACCES/)]);
    expect(await readdir(folder)).toEqual([]);
  });
});

const injected = ["link EIO", "link ENOSPC", "link EOPNOTSUPP", "link EACCES", "fsync EIO", "fsync ENOSPC", "mkdir EIO", "unlink EIO"];

describe.skipIf(!hasStrace)("an error at one system call (needs root and strace)", () => {
  it.each(injected)("%s loses nothing that was published and shows nothing by half", async (fault) => {
    const [call, error] = fault.split(" ");
    const folder = await temporaryFolder();
    const trace = path.join(folder, "trace");
    const data = path.join(folder, "data");
    const around = ["strace", "-f", "-qqq", "-o", trace, "-e", `trace=${call}`, "-e", `inject=${call}:error=${error}:when=2`];
    const { said, errors } = publishIn(data, 6, { around });
    expect(said, errors).toHaveLength(6);
    expect(await readFile(trace, "utf8")).toContain("(INJECTED)");
    const store = openVolume({ folder: data });
    for (const [n, outcome] of said.entries()) {
      const there = await store.read(`o/00/object-${n}.png`);
      if (outcome === "published") expect(there).toHaveLength(1000);
      else expect(there === null || there.length === 1000).toBe(true);
    }
    expect(said.filter((outcome) => outcome === "published").length).toBeGreaterThan(0);
  });
});
