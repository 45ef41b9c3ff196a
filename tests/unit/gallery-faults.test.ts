/** A gallery whose place is not the right one, or whose catalog is. Faults at every single call are in tests/crash. */
import { mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it, vi } from "vitest";
import * as gallery from "@/lib/gallery/gallery";
import { type Generation, generationRequestSchema } from "@/lib/gallery/generation";
import { sha256 } from "@/lib/gallery/sealed-json";
import { config, generateWith, install, makeTinyImage, restart } from "@/tests/support/installation";

vi.mock("@/lib/config", async () => ({ config: (await import("@/tests/support/installation")).config }));
vi.mock("@/lib/generators", () => import("@/tests/support/installation"));
vi.mock("@/lib/storage/volume", async (importOriginal) => {
  const { openVolume } = await importOriginal<typeof import("@/lib/storage/volume")>();
  const { wrapVolume } = await import("@/tests/support/installation");
  return { openVolume: (options: Parameters<typeof openVolume>[0]) => wrapVolume(openVolume(options)) };
});

// Many real installations in one test, perhaps on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const made = new Map<string, string>();
const make = (prompt: string) =>
  gallery.makeGeneration("alice", generationRequestSchema.parse({ prompt }), {
    signal: new AbortController().signal,
    onProgress: () => {},
  });

/** All items by id, in the gallery and in the trash; each must be whole, and its image the very bytes that the generator made. */
async function everything(): Promise<Map<string, Generation>> {
  const items = new Map<string, Generation>();
  for (const trashed of [false, true]) {
    const page = await gallery.listGenerations("alice", { trashed });
    expect(page.total).toBe(page.items.length);
    for (const item of page.items) {
      const { bytes } = await gallery.readImage("alice", item.id, { thumbnail: false });
      expect(sha256(bytes)).toBe(made.get(item.prompt));
      expect((await gallery.readImage("alice", item.id, { thumbnail: true })).type).toBe("image/webp");
      expect(await gallery.getGeneration("alice", item.id)).toEqual(item);
      items.set(item.id, item);
    }
  }
  return items;
}

async function begin() {
  await install();
  generateWith(async (request, options) => {
    const image = await makeTinyImage(request, options);
    made.set(request.prompt, sha256(image.bytes));
    return image;
  });
}

beforeEach(begin);

describe("when storage fails", () => {
  it("says so before a picture is made, when the place holds other things", async () => {
    const { dataDir } = config();
    await mkdir(dataDir, { recursive: true });
    await writeFile(`${dataDir}/thesis.txt`, "mine");
    const generate = vi.fn(makeTinyImage);
    generateWith(generate);
    await expect(make("new")).rejects.toMatchObject({ code: "storage_unavailable" });
    expect(generate).not.toHaveBeenCalled();
    expect(await gallery.storageStatus()).toMatchObject({
      place: dataDir,
      kind: expect.any(String),
      problem: expect.stringMatching(/other things/),
      leftOut: null,
    });
    expect(await readdir(dataDir)).toEqual(["thesis.txt"]);
    // The owner clears the folder while the app runs.
    await rm(`${dataDir}/thesis.txt`);
    expect(await gallery.storageStatus()).toMatchObject({ problem: null, leftOut: { damaged: 0, unreadable: 0 } });
    await expect(make("new")).resolves.toMatchObject({ saved: true });
  });

  it("does not begin anew when the archive is not mounted after a restart", async () => {
    const { dataDir } = config();
    const item = await make("kept");
    await rename(dataDir, `${dataDir}-elsewhere`);
    await mkdir(dataDir);
    restart();
    await expect(gallery.listGenerations("alice")).rejects.toMatchObject({ code: "storage_unavailable" });
    await rmdir(dataDir);
    await rename(`${dataDir}-elsewhere`, dataDir);
    expect((await gallery.listGenerations("alice")).items).toEqual([item]);
  });

  it("still reports a picture as saved when only the catalog cannot take it", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    await make("first");
    const database = new DatabaseSync(`${config().cacheDir}/catalog.sqlite`);
    database.exec("CREATE TRIGGER full BEFORE INSERT ON items BEGIN SELECT RAISE(ABORT, 'full'); END");
    const item = await make("second");
    expect(item.saved).toBe(true);
    expect(warn).toHaveBeenCalledOnce();
    database.exec("DROP TRIGGER full");
    database.close();
    expect((await everything()).get(item.id)).toEqual(item);
  });

  it("finds an item that another replica saved, by its id", async () => {
    await gallery.listGenerations("alice");
    const { cacheDir } = config();
    await rename(cacheDir, `${cacheDir}-of-here`);
    restart();
    const item = await make("elsewhere");
    await rm(cacheDir, { recursive: true });
    await rename(`${cacheDir}-of-here`, cacheDir);
    restart();
    await expect(gallery.getGeneration("bob", item.id)).rejects.toMatchObject({ code: "not_found" });
    expect(await gallery.getGeneration("alice", item.id)).toEqual(item);
  });
});
