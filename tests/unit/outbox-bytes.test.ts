/** What lies in a file of the outbox must survive a power cut: the file, its name in the folder, and the folder's own name. */
import type { FileHandle } from "node:fs/promises";
import { rm } from "node:fs/promises";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { openBytesFolder } from "@/lib/gallery/outbox/bytes";
import { temporaryFolder } from "@/tests/support/temporary-folder";

const seen = vi.hoisted(() => ({ synced: [] as string[] }));
vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  const open = async (...parameters: Parameters<typeof real.open>): Promise<FileHandle> => {
    const handle = await real.open(...parameters);
    for (const name of ["sync", "datasync"] as const) {
      const work = handle[name].bind(handle);
      handle[name] = async () => {
        await work();
        seen.synced.push(String(parameters[0]));
      };
    }
    return handle;
  };
  return { ...real, open };
});

it("makes a file durable before its name, and the name of a folder that was made, whenever that was", async () => {
  const parent = await temporaryFolder();
  const folder = path.join(parent, "outbox");
  const files = openBytesFolder(folder);
  const syncedBy = async () => {
    seen.synced = [];
    const file = path.join(folder, await files.write(Buffer.from("bytes")));
    return seen.synced.map((place) => (place === file ? "file" : path.relative(parent, place) || "parent"));
  };
  expect(await syncedBy()).toEqual(["parent", "file", "outbox"]);
  expect(await syncedBy()).toEqual(["file", "outbox"]);
  await rm(folder, { recursive: true });
  expect(await syncedBy()).toEqual(["parent", "file", "outbox"]);
});
