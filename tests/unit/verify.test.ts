import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { beforeEach, describe, expect, it } from "vitest";
import { type Archive, openArchive } from "@/lib/gallery/archive";
import { newId } from "@/lib/gallery/id";
import * as layout from "@/lib/gallery/layout";
import type { Manifest } from "@/lib/gallery/manifest";
import { type Problem, verifyArchive } from "@/lib/gallery/verify";
import { openVolume } from "@/lib/storage/volume";
import { manifestOf, someImage, someThumbnail } from "@/tests/support/items";
import { type MemoryStore, memoryStore } from "@/tests/support/memory-store";
import { temporaryFolder } from "@/tests/support/temporary-folder";

const anHourAgo = Date.now() - 3_700_000;
let store: MemoryStore;
let archive: Archive;

beforeEach(async () => {
  store = memoryStore();
  archive = await openArchive(store, null);
});

async function kept(owner: string): Promise<Manifest> {
  const manifest = manifestOf(owner, { now: anHourAgo });
  const item = await archive.keep(manifest, someImage, someThumbnail, new AbortController().signal);
  await archive.mark(item, { favorite: true });
  return manifest;
}

async function verified({ repair = false } = {}) {
  const problems: Problem[] = [];
  const totals = await verifyArchive(store, { repair, onProblem: (problem) => problems.push(problem) });
  return { totals, found: problems.map(({ kind, name }) => `${kind} ${name}`).sort() };
}

describe("verifying an archive", () => {
  it("counts what is whole", async () => {
    await kept("ada");
    await kept("ada");
    await kept("grace");
    const gone = await kept("ada");
    await archive.erase(gone);
    await archive.clear(gone);
    const { totals, found } = await verified();
    expect(found).toEqual([]);
    expect(totals).toMatchObject({ people: 2, items: 3, bytes: 3 * someImage.length, erased: 1, moved: 0 });
  });

  it("finds every kind of damage, and changes nothing unless it is told to", async () => {
    const [altered, torn, missing, marked] = [await kept("a"), await kept("a"), await kept("a"), await kept("a")];
    store.objects.set(layout.imageName(altered.id, "image/png"), Buffer.from("other bytes"));
    const tornName = layout.manifestName(torn.id);
    store.objects.set(tornName, store.objects.get(tornName)?.slice(0, -9) ?? Buffer.from(""));
    store.objects.delete(layout.imageName(missing.id, "image/png"));
    const mark = [...store.objects.keys()].find((name) => name.includes(marked.id) && name.endsWith(".mark.json")) ?? "";
    store.objects.set(mark, Buffer.from("{}"));
    const before = new Map(store.objects);
    const { totals, found } = await verified();
    expect(found).toEqual(
      [layout.imageName(altered.id, "image/png"), tornName, layout.imageName(missing.id, "image/png"), mark]
        .map((name) => `damaged ${name}`)
        .sort(),
    );
    expect(totals).toMatchObject({ items: 1, moved: 0 });
    expect(store.objects).toEqual(before);
  });

  it("moves what is damaged, whole items together, and loses not a byte", async () => {
    const [whole, altered] = [await kept("a"), await kept("a")];
    store.objects.set(layout.imageName(altered.id, "image/png"), Buffer.from("other bytes"));
    const before = new Map(store.objects);
    const { totals } = await verified({ repair: true });
    expect(totals.moved).toBe(4);
    for (const [name, bytes] of before) {
      const now = name.includes(altered.id) ? layout.quarantine + name : name;
      expect(Buffer.from(store.objects.get(now) ?? []).equals(bytes), now).toBe(true);
    }
    expect(store.objects.size).toBe(before.size);
    expect(await archive.find(altered.id)).toBeNull();
    expect(await archive.find(whole.id)).not.toBeNull();
    expect((await verified()).found).toEqual([]);
  });

  it("tells leftovers, orphans and strangers apart, and leaves alone what may still be under way", async () => {
    const erased = await kept("a");
    await archive.erase(erased);
    await archive.clear(erased);
    const leftover = layout.thumbnailName(erased.id);
    const [orphan, young] = [newId(anHourAgo), newId()].map((id) => layout.imageName(id, "image/png"));
    const stranger = `${layout.shards[0]}holiday.txt`;
    for (const name of [leftover, orphan, young, stranger]) store.objects.set(name ?? "", Buffer.from("x"));
    const before = new Map(store.objects);
    expect((await verified({ repair: true })).found).toEqual([`leftover ${leftover}`, `orphan ${orphan}`, `stranger ${stranger}`]);
    expect(store.objects).toEqual(before);
  });

  it("knows what went with an account", async () => {
    const { id } = await kept("ada");
    await kept("grace");
    await archive.eraseAccount({ account: "ada", before: Date.now() });
    const { totals, found } = await verified();
    expect(totals).toMatchObject({ people: 1, items: 1 });
    expect(found).toHaveLength(4);
    expect(found.every((line) => line.startsWith("leftover ") && line.includes(id))).toBe(true);
  });

  it("does not take for damaged what could not be read", async () => {
    const { id } = await kept("a");
    store.unreadable.add(layout.imageName(id, "image/png"));
    const { totals, found } = await verified({ repair: true });
    expect(found).toEqual([`unreadable ${layout.imageName(id, "image/png")}`]);
    expect(totals.moved).toBe(0);
  });

  it("says that there is no archive rather than that it is whole", async () => {
    await expect(verifyArchive(memoryStore(), { repair: true, onProblem: () => {} })).rejects.toThrow(/no archive here/);
  });
});

describe("npm run verify-archive", () => {
  it("reads a folder, says what is in it, and ends", async () => {
    const folder = await temporaryFolder();
    const written = await openArchive(openVolume({ folder }), null);
    await written.keep(manifestOf("ada", { now: anHourAgo }), someImage, someThumbnail, new AbortController().signal);
    const { scripts } = JSON.parse(await readFile("package.json", "utf8")) as { scripts: Record<string, string> };
    const [program, ...parameters] = (scripts["verify-archive"] ?? "").split(" ");
    expect(program).toBe("node");
    const { stdout } = await promisify(execFile)(process.execPath, parameters, { env: { ...process.env, DATA_DIR: folder } });
    expect(stdout).toContain("Whole pictures: 1,");
    expect(stdout).toContain("0 damaged, 0 unreadable");
  });
});
