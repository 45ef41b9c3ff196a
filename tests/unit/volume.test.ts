/** How the volume answers what a file system can say to link(2); the rest is in the contract suite. */
import * as fs from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { StorageFailure } from "@/lib/storage/object-store";
import { openVolume } from "@/lib/storage/volume";
import { temporaryFolder } from "@/tests/support/temporary-folder";

type Link = (source: string, target: string) => Promise<void>;

const world = vi.hoisted(() => ({
  links: [] as ((source: string, target: string, link: Link) => Promise<void>)[],
  events: [] as string[],
}));

vi.mock("node:timers/promises", () => ({
  setTimeout: async (ms: number) => void world.events.push(`pause ${ms}`),
}));

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  const open: typeof real.open = async (file, flags, mode) => {
    const handle = await real.open(file, flags, mode);
    const sync = handle.sync.bind(handle);
    world.events.push(`open ${flags} ${file}`);
    handle.sync = async () => {
      world.events.push(`sync ${file}`);
      await sync();
    };
    return handle;
  };
  const link: Link = async (source, target) => {
    world.events.push(`link ${target}`);
    await (world.links.shift() ?? ((from, to) => real.link(from, to)))(source, target, real.link);
  };
  return { ...real, open, link };
});

const says = (code: string) => async () => {
  throw Object.assign(new Error(code), { code, syscall: "link" });
};

async function openHere(deadlineMs?: number) {
  const folder = await temporaryFolder();
  return { folder, store: openVolume(deadlineMs === undefined ? { folder } : { folder, deadlineMs }) };
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

const bytes = Buffer.from("a picture");

beforeEach(() => {
  world.links = [];
  world.events = [];
});

describe("publishing by link", () => {
  it("syncs the file before its name is given, and the folder after; never opens the final name; leaves nothing in tmp", async () => {
    const { folder, store } = await openHere();
    await store.publish("o/00/a", bytes);
    const target = path.join(folder, "o/00/a");
    const at = (event: RegExp) => world.events.findIndex((seen) => event.test(seen));
    const linked = world.events.indexOf(`link ${target}`);
    expect(at(/^open wx .*\/[0-9a-f]{32}$/)).toBeLessThan(at(/^sync .*\/[0-9a-f]{32}$/));
    expect(at(/^sync .*\/[0-9a-f]{32}$/)).toBeLessThan(linked);
    expect(world.events.lastIndexOf(`sync ${path.dirname(target)}`)).toBeGreaterThan(linked);
    expect(world.events.filter((event) => event.startsWith("open") && event.endsWith(target))).toEqual([]);
    expect(await filesIn(folder)).toEqual(["o/00/a"]);
  });

  it("asks again, ever less often, while a file has not been uploaded", async () => {
    const { store } = await openHere();
    world.links = Array.from({ length: 6 }, () => says("ENOTSUP"));
    await store.publish("a", bytes);
    expect(world.events.filter((event) => event.startsWith("pause"))).toEqual([100, 200, 400, 800, 1600, 2000].map((ms) => `pause ${ms}`));
    expect(Buffer.compare((await store.read("a")) ?? Buffer.alloc(0), bytes)).toBe(0);
    expect(world.events.filter((event) => event.startsWith("open wx"))).toHaveLength(1);
  });

  it("gives up at its deadline, and nothing is visible", async () => {
    const { folder, store } = await openHere(50);
    world.links = Array.from({ length: 9 }, () => says("ENOTSUP"));
    await expect(store.publish("a", bytes)).rejects.toBeInstanceOf(StorageFailure);
    expect(await filesIn(folder)).toEqual([]);
  });

  it.each(["EIO", "EAGAIN", "ETIMEDOUT"])("tries again after %s", async (code) => {
    const { store } = await openHere();
    world.links = [says(code)];
    await store.publish("a", bytes);
    expect(await store.read("a")).not.toBeNull();
  });

  it("recognises its own success behind an error", async () => {
    const { store } = await openHere();
    world.links = [
      async (source, target, link) => {
        await link(source, target);
        await says("EIO")();
      },
    ];
    await store.publish("a", bytes);
    expect(await store.read("a")).not.toBeNull();
  });

  it("writes a new temporary file when the first one vanished", async () => {
    const { store } = await openHere();
    world.links = [
      async (source, target, link) => {
        await fs.unlink(source);
        await link(source, target);
      },
    ];
    await store.publish("a", bytes);
    expect(world.events.filter((event) => event.startsWith("open wx"))).toHaveLength(2);
    expect(await store.read("a")).not.toBeNull();
  });

  it("makes folders again that vanished, as empty ones do on a mounted bucket", async () => {
    const { folder, store } = await openHere();
    await store.publish("o/00/a", bytes);
    await store.remove("o/00/a");
    await fs.rm(path.join(folder, "o"), { recursive: true });
    await fs.rm(path.join(folder, "tmp"), { recursive: true });
    await store.publish("o/00/a", bytes);
    expect(await store.read("o/00/a")).not.toBeNull();
  });

  it.each([
    ["ENOSPC", true],
    ["EDQUOT", true],
    ["EACCES", false],
    ["EROFS", false],
    ["ENOTCONN", false],
    ["ESTALE", false],
  ])("fails at once with %s, and nothing is visible", async (code, full) => {
    const { folder, store } = await openHere();
    world.links = [says(code)];
    await expect(store.publish("a", bytes)).rejects.toMatchObject({ name: "StorageFailure", full, cause: { code } });
    expect(world.events.filter((event) => event.startsWith("link"))).toHaveLength(1);
    expect(await filesIn(folder)).toEqual([]);
  });

  it.each(["EPERM", "ENOSYS"])("says what is missing when there are no hard links (%s)", async (code) => {
    const { store } = await openHere();
    world.links = [says(code)];
    await expect(store.publish("a", bytes)).rejects.toThrow(/hard links/);
  });
});
