import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { folderKind } from "@/lib/storage/volume/folder-kind";

// Which folders exist, on which device, and what kind of file system the device holds.
const system = vi.hoisted(() => ({ devices: {} as Record<string, number>, types: {} as Record<number, number> }));

vi.mock("node:fs", () => {
  const deviceOf = (folder: string) => {
    const device = system.devices[folder];
    return device;
  };
  return {
    statSync: (folder: string) => (deviceOf(folder) === undefined ? undefined : { dev: deviceOf(folder) }),
    statfsSync: (folder: string) => ({ type: system.types[deviceOf(folder) ?? 0] }),
  };
});

const [ext4, overlay, fuse, tmpfs] = [0xef53, 0x794c7630, 0x65735546, 0x01021994];

describe("folder kind", () => {
  it.each([
    ["a folder on one's own disk", "/home/me/.data", { "/": 1, "/home": 1, "/home/me": 1 }, { 1: ext4 }, false, "local"],
    ["a disk of one's own for home", "/home/me/.data", { "/": 1, "/home": 2, "/home/me": 2 }, { 1: ext4, 2: ext4 }, false, "local"],
    ["a container without a volume", "/data", { "/": 1, "/data": 1 }, { 1: overlay }, false, "ephemeral"],
    ["a container with a volume", "/data", { "/": 1, "/data": 2 }, { 1: overlay, 2: ext4 }, false, "mounted"],
    ["a Space without a bucket", "/data", { "/": 1, "/data": 1 }, { 1: ext4 }, true, "ephemeral"],
    ["a Space with a bucket", "/data/keepsake", { "/": 1, "/data": 2 }, { 1: overlay, 2: fuse }, true, "mounted"],
    ["a folder in memory", "/data", { "/": 1, "/data": 2 }, { 1: ext4, 2: tmpfs }, false, "ephemeral"],
    ["a network folder at home", "/mnt/nas/pictures", { "/": 1, "/mnt": 1, "/mnt/nas": 2 }, { 1: ext4, 2: 0x6969 }, false, "mounted"],
  ])("recognises %s", (_, folder, devices, types, onSpace, kind) => {
    Object.assign(system, { devices, types });
    expect(path.isAbsolute(folder)).toBe(true);
    expect(folderKind(folder, { onSpace })).toBe(kind);
  });
});
