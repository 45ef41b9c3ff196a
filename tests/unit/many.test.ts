import "@/tests/support/in-installation";

import { readdir } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openArchive } from "@/lib/gallery/archive";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import { eraseGeneration, getGeneration, listGenerations, makeGeneration, markGeneration } from "@/lib/gallery/gallery";
import { type Generation, limits, trashDays } from "@/lib/gallery/generation";
import { openedLibrary, withLibrary } from "@/lib/gallery/library";
import { emptyTrash, markMany } from "@/lib/gallery/many";
import { eraseOldTrash } from "@/lib/gallery/old-trash";
import { manyChangeSchema } from "@/lib/gallery/requests";
import { sweep } from "@/lib/gallery/sweep";
import { type ObjectStore, StorageFailure } from "@/lib/storage/object-store";
import { install, storage } from "@/tests/support/installation";

let dataDir = "";
const make = (owner: string, seed: number) =>
  makeGeneration(
    owner,
    { prompt: `picture ${seed}`, generator: "embedded", width: 1024, height: 1024, seed },
    { signal: new AbortController().signal, onProgress: () => undefined },
  );

afterEach(() => {
  vi.restoreAllMocks();
});

beforeEach(async () => {
  ({ dataDir } = await install());
});

describe("one change of many", () => {
  it("changes each for itself and says why others were not", async () => {
    const [first, second] = [await make("ada", 1), await make("ada", 2)];
    const foreign = await make("eve", 3);
    const { done, failed } = await markMany("ada", [first.id, second.id, second.id, foreign.id, "nonsense"], { trashed: true });
    expect(done.toSorted()).toEqual([first.id, second.id].toSorted());
    expect(failed.map(({ id, code }) => [id, code])).toEqual([
      [foreign.id, "not_found"],
      ["nonsense", "not_found"],
    ]);
    expect((await listGenerations("ada", { trashed: true })).total).toBe(2);
    expect((await getGeneration("eve", foreign.id)).trashedAt).toBeNull();
  });

  it("takes as many as a selection may have, and no more", () => {
    const of = (count: number) => manyChangeSchema.safeParse({ ids: Array.from({ length: count }, () => "x"), marks: { favorite: true } });
    expect(of(limits.selection).success).toBe(true);
    expect(of(limits.selection + 1).error?.issues[0]?.message).toBe("selection_too_large");
    expect(manyChangeSchema.safeParse({ ids: ["x"], marks: {} }).success).toBe(false);
  });
});

describe("the trash", () => {
  it("is emptied of what was in it when one was asked, of nobody else", async () => {
    const [first, later, kept, foreign] = [await make("ada", 1), await make("ada", 2), await make("ada", 3), await make("eve", 4)];
    await markGeneration("ada", first.id, { trashed: true });
    await markGeneration("eve", foreign.id, { trashed: true });
    const asked = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await markGeneration("ada", later.id, { trashed: true });
    expect(await emptyTrash("ada", asked)).toEqual({ done: [first.id], failed: [] });
    expect((await listGenerations("ada", { trashed: true })).items.map(({ id }) => id)).toEqual([later.id]);
    expect((await listGenerations("ada")).items.map(({ id }) => id)).toEqual([kept.id]);
    expect((await listGenerations("eve", { trashed: true })).total).toBe(1);
  });

  it("erases for good after thirty days, not before, and not what was restored", async () => {
    const [old, restored] = [await make("ada", 1), await make("ada", 2)];
    for (const { id } of [old, restored]) await markGeneration("ada", id, { trashed: true });
    const inDays = (days: number) => withLibrary(({ archive, catalog }) => eraseOldTrash(archive, catalog, Date.now() + days * 86_400_000));
    expect(await inDays(trashDays - 1)).toBe(0);
    await markGeneration("ada", restored.id, { trashed: false });
    expect(await inDays(trashDays + 1)).toBe(1);
    await expect(getGeneration("ada", old.id)).rejects.toMatchObject({ code: "not_found" });
    expect((await getGeneration("ada", restored.id)).trashedAt).toBeNull();
    await vi.waitFor(async () => expect(await readdir(path.join(dataDir, "t"))).toEqual([`${old.id}.json`]));
    await expect(eraseGeneration("ada", restored.id)).rejects.toMatchObject({ code: "not_in_trash" });
  });
});

describe("what another replica has restored", () => {
  const elsewhere = async () => {
    const { openVolume } = await vi.importActual<typeof import("@/lib/storage/volume")>("@/lib/storage/volume");
    const here = await openedLibrary();
    return openArchive(openVolume({ folder: dataDir }), here.archive.id);
  };
  const restoreElsewhere = async (id: string) => {
    const there = await elsewhere();
    const item = await vi.waitFor(async () => {
      const found = await there.find(id, "ada");
      expect(found?.marks.trashedAt).not.toBeNull();
      return found as ArchivedItem;
    });
    await there.mark(item, { trashedAt: null });
    return there;
  };

  it("is not erased by one who has not heard of it, by itself or with the whole trash", async () => {
    const [one, two] = [await make("ada", 1), await make("ada", 2)];
    for (const { id } of [one, two]) await markGeneration("ada", id, { trashed: true });
    const there = await restoreElsewhere(one.id);
    expect(await emptyTrash("ada", Date.now())).toMatchObject({ done: [two.id], failed: [{ id: one.id, code: "not_in_trash" }] });
    expect((await there.find(one.id, "ada"))?.marks.trashedAt).toBeNull();
    expect((await getGeneration("ada", one.id)).trashedAt).toBeNull();
  });

  it("is not erased for its age, nor when that cannot be read at present", async () => {
    const old = await make("ada", 1);
    await markGeneration("ada", old.id, { trashed: true });
    const there = await restoreElsewhere(old.id);
    const unreadable = vi.spyOn(storage.store as ObjectStore, "read").mockRejectedValue(new StorageFailure("EIO", { cause: null }));
    const later = () => withLibrary(({ archive, catalog }) => eraseOldTrash(archive, catalog, Date.now() + 365 * 86_400_000));
    expect(await later()).toBe(0);
    await expect(eraseGeneration("ada", old.id)).rejects.toMatchObject({ code: "storage_unavailable" });
    unreadable.mockRestore();
    expect(await later()).toBe(0);
    expect((await there.find(old.id, "ada"))?.marks.trashedAt).toBeNull();
  });

  it("is not risked by a sweep while not everything is known here", async () => {
    const old = await make("ada", 1);
    await markGeneration("ada", old.id, { trashed: true });
    const { replica } = await openedLibrary();
    await replica.catchUp();
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 365 * 86_400_000);
    const unreadable = vi.spyOn(replica, "isComplete").mockReturnValue(false);
    const inTrash = async () => (await listGenerations("ada", { trashed: true })).total;
    await sweep();
    expect(await inTrash()).toBe(1);
    unreadable.mockRestore();
    const problem = vi.spyOn(replica, "problem").mockReturnValue(new Error("EIO"));
    await sweep();
    expect(await inTrash()).toBe(1);
    problem.mockRestore();
    await sweep();
    expect(await inTrash()).toBe(0);
  });

  it("is asked for by folder, however many are erased", async () => {
    const made: Generation[] = [];
    for (let seed = 0; seed < 12; seed += 1) made.push(await make("ada", seed));
    await markMany(
      "ada",
      made.map(({ id }) => id),
      { trashed: true },
    );
    const { archive } = await openedLibrary();
    const list = vi.spyOn(archive, "list");
    expect((await emptyTrash("ada", Date.now())).done).toHaveLength(12);
    expect(list).toHaveBeenCalledOnce();
  });
});
