/** How the volume answers what a file system can say to link(2); the rest is in the contract suite. */
import * as fs from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ObjectCollision, StorageFailure } from "@/lib/storage/object-store";
import { openVolume } from "@/lib/storage/volume";
import { fileWork } from "@/lib/storage/volume/file-work";
import type { Files } from "@/lib/storage/volume/files";
import { temporaryFolder } from "@/tests/support/temporary-folder";

type Link = (source: string, target: string) => Promise<void>;

const world = vi.hoisted(() => ({
  links: [] as ((source: string, target: string, link: Link) => Promise<void>)[],
  events: [] as string[],
}));

vi.mock("node:timers/promises", () => ({
  setTimeout: async (ms: number) => void world.events.push(`pause ${ms}`),
}));

/** The work itself, without threads; link says what the test wants. */
function filesHere(): Files {
  const noted =
    (name: keyof typeof fileWork) =>
    async (...parameters: unknown[]) => {
      world.events.push(`${name} ${parameters[0]}`);
      return (fileWork[name] as (...given: unknown[]) => unknown)(...parameters);
    };
  const files = Object.fromEntries(
    (Object.keys(fileWork) as (keyof typeof fileWork)[]).map((name) => [name, noted(name)]),
  ) as unknown as Files;
  const real = async (source: string, target: string) => fileWork.link(source, target);
  return {
    ...files,
    async link(source, target) {
      world.events.push(`link ${target}`);
      await (world.links.shift() ?? real)(source, target, real);
    },
  };
}

const says = (code: string) => async () => {
  throw Object.assign(new Error(code), { code, syscall: "link" });
};

async function openHere(deadlineMs?: number) {
  const folder = await temporaryFolder();
  return { folder, store: openVolume({ folder, files: filesHere(), ...(deadlineMs !== undefined && { deadlineMs }) }) };
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
    expect(at(/^writeNew .*\/[0-9a-f]{32}$/)).toBeGreaterThan(-1);
    expect(at(/^writeNew .*\/[0-9a-f]{32}$/)).toBeLessThan(linked);
    expect(world.events.lastIndexOf(`syncFolder ${path.dirname(target)}`)).toBeGreaterThan(linked);
    expect(world.events.filter((event) => event.startsWith("writeNew") && event.endsWith(target))).toEqual([]);
    expect(await filesIn(folder)).toEqual(["o/00/a"]);
  });

  it("asks again, ever less often, while a file has not been uploaded", async () => {
    const { store } = await openHere();
    world.links = Array.from({ length: 6 }, () => says("ENOTSUP"));
    await store.publish("a", bytes);
    expect(world.events.filter((event) => event.startsWith("pause"))).toEqual([100, 200, 400, 800, 1600, 2000].map((ms) => `pause ${ms}`));
    expect(Buffer.compare((await store.read("a")) ?? Buffer.alloc(0), bytes)).toBe(0);
    expect(world.events.filter((event) => event.startsWith("writeNew"))).toHaveLength(1);
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

  it("fails when a name is taken and nothing is read there yet, since it may hold these very bytes", async () => {
    const { store } = await openHere();
    world.links = [says("EEXIST")];
    await expect(store.publish("t/a", bytes)).rejects.toMatchObject({ name: "StorageFailure" });
    await store.publish("t/a", bytes);
    world.links = [says("EEXIST")];
    await expect(store.publish("t/a", Buffer.from("another"))).rejects.toBeInstanceOf(ObjectCollision);
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
    expect(world.events.filter((event) => event.startsWith("writeNew"))).toHaveLength(2);
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

  describe("without hard links", () => {
    const none = () => {
      world.links = Array.from({ length: 9 }, () => says("EPERM"));
    };

    it("renames on a disk of this machine, and never overwrites", async () => {
      const { folder, store } = await openHere();
      none();
      await store.publish("a", bytes);
      await store.publish("a", bytes);
      await expect(store.publish("a", Buffer.from("another"))).rejects.toBeInstanceOf(ObjectCollision);
      expect(Buffer.from((await store.read("a")) ?? [])).toEqual(bytes);
      expect(await filesIn(folder)).toEqual(["a"]);
      expect(await store.capability()).toBe("rename");
    });

    it.each([
      ["takes a mount at its word that takes whole files only", false, "rename"],
      ["believes no other mount, and hands the file over all the same", true, "unconfirmed"],
    ])("%s", async (_, canBeChanged, capability) => {
      const folder = await temporaryFolder();
      const files = { ...filesHere(), isRemote: async () => true, canBeChanged: async () => canBeChanged };
      const store = openVolume({ folder, files });
      none();
      const publishing = store.publish("a", bytes);
      if (capability === "rename") await publishing;
      else await expect(publishing).rejects.toMatchObject({ name: "StorageFailure", cause: { code: "UNCONFIRMED" } });
      expect(Buffer.from((await store.read("a")) ?? [])).toEqual(bytes);
      expect(await store.capability()).toBe(capability);
    });
  });
});

describe("what a folder can do", () => {
  it.each([
    ["link at once", []],
    ["link when uploaded", ["ENOTSUP", "ENOTSUP"]],
    ["rename", ["ENOSYS"]],
  ])("is found out: %s", async (capability, codes) => {
    const { folder, store } = await openHere();
    world.links = codes.map(says);
    expect(await store.capability()).toBe(capability);
    expect(await filesIn(folder)).toEqual([]);
  });

  it("tells what is in the way, and tries again the next time", async () => {
    const { store } = await openHere();
    world.links = [says("EACCES")];
    await expect(store.capability()).rejects.toMatchObject({ name: "StorageFailure", cause: { code: "EACCES" } });
    expect(await store.capability()).toBe("link at once");
  });
});
