/** Collections: begun, renamed, ordered, removed and brought back; kept like everything else; nobody else's. */
import { readdir, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { collectionChangeSchema, newCollectionSchema } from "@/lib/gallery/collection";
import { changeCollection, createCollection, getCollection, listCollections } from "@/lib/gallery/collections";
import { inTurn, itemTurns } from "@/lib/gallery/concurrency";
import { blank, writeEdit } from "@/lib/gallery/document";
import { eraseAccount } from "@/lib/gallery/erase-account";
import { exportPictures } from "@/lib/gallery/export";
import { eraseGeneration, getGeneration, listGenerations, makeGeneration, markGeneration } from "@/lib/gallery/gallery";
import { limits } from "@/lib/gallery/generation";
import { importPictures } from "@/lib/gallery/import";
import { withLibrary } from "@/lib/gallery/library";
import { writeManifest } from "@/lib/gallery/manifest";
import { markMany } from "@/lib/gallery/many";
import { neighboursOf } from "@/lib/gallery/neighbours";
import { eraseRemovedDocuments } from "@/lib/gallery/old-trash";
import { generationRequestSchema } from "@/lib/gallery/requests";
import { sha256 } from "@/lib/gallery/sealed-json";
import { verifyArchive } from "@/lib/gallery/verify";
import { writeZip } from "@/lib/gallery/zip/writer";
import { openVolume } from "@/lib/storage/volume";
import { config, install, restart } from "@/tests/support/installation";
import { manifestOf } from "@/tests/support/items";

vi.mock("@/lib/config", async () => ({ config: (await import("@/tests/support/installation")).config }));
vi.mock("@/lib/generators", () => import("@/tests/support/installation"));

const make = (owner: string, prompt = "A quiet harbour") =>
  makeGeneration(owner, generationRequestSchema.parse({ prompt }), { signal: new AbortController().signal, onProgress: () => {} });
const into = (collection: string, isIn = true) => ({ collections: { [collection]: isIn } });
const idsIn = async (owner: string, collection: string, query = {}) =>
  (await listGenerations(owner, { collection, ...query })).items.map(({ id }) => id);
const titles = async (owner: string) => (await listCollections(owner)).map(({ title }) => title);
const files = async () => (await readdir(config().dataDir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
const failure = (code: string) => expect.objectContaining({ name: "Failure", code });
const afterRebuild = async () => {
  // What waits to be saved lies beside the catalog.
  await withLibrary(({ outbox }) => outbox.untilGone(outbox.names(""), 10_000));
  await rm(config().cacheDir, { recursive: true });
  restart();
};

beforeEach(install);

describe("a collection", () => {
  it("holds pictures that may be in several, newest first, and shows how many and the newest", async () => {
    const [one, two, three] = [await make("ada"), await make("ada"), await make("ada")];
    const [sea, land] = [await createCollection("ada", "Sea"), await createCollection("ada", "Land")];
    expect(sea).toMatchObject({ title: "Sea", count: 0, covers: [], saved: true });
    expect(await markGeneration("ada", one.id, into(sea.id))).toMatchObject({ collections: [sea.id] });
    const { done, failed } = await markMany("ada", [one.id, two.id, "nonsense"], into(land.id));
    expect([done.toSorted(), failed.map(({ code }) => code)]).toEqual([[one.id, two.id].toSorted(), ["not_found"]]);
    expect((await getGeneration("ada", one.id)).collections.toSorted()).toEqual([sea.id, land.id].toSorted());
    expect(await idsIn("ada", land.id)).toEqual([two.id, one.id]);
    expect(await idsIn("ada", land.id, { sort: "oldest" })).toEqual([one.id, two.id]);
    expect((await listGenerations("ada", {})).total).toBe(3);
    expect(await listCollections("ada")).toMatchObject([
      { title: "Sea", count: 1, covers: [one.thumbnailUrl] },
      { title: "Land", count: 2, covers: [two.thumbnailUrl, one.thumbnailUrl] },
    ]);
    await markGeneration("ada", two.id, into(land.id, false));
    expect(await idsIn("ada", land.id)).toEqual([one.id]);
    expect(await neighboursOf("ada", one.id, { collection: land.id })).toEqual({ previous: null, next: null });
    expect(await getGeneration("ada", three.id)).toMatchObject({ collections: [] });
  });

  it("is searched, filtered and leafed through like the gallery, with exact totals", async () => {
    const sea = await createCollection("ada", "Sea");
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.unshift((await make("ada", n % 2 ? "harbour lights" : "open water")).id);
    await make("ada", "harbour elsewhere");
    await markMany("ada", ids, into(sea.id));
    await markGeneration("ada", ids[1] ?? "", { favorite: true });
    expect(await listGenerations("ada", { collection: sea.id, q: "harb" })).toMatchObject({ total: 2 });
    expect(await idsIn("ada", sea.id, { favorite: true })).toEqual([ids[1]]);
    expect(await listGenerations("ada", { collection: sea.id, q: "harbour", favorite: true })).toMatchObject({ total: 1 });
    const first = await listGenerations("ada", { collection: sea.id, limit: 2 });
    expect(first.total).toBe(5);
    const second = await listGenerations("ada", { collection: sea.id, limit: 2, cursor: first.nextCursor ?? "" });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.slice(0, 4));
    expect(await neighboursOf("ada", ids[2] ?? "", { collection: sea.id })).toEqual({ previous: ids[1], next: ids[3] });
  });

  it("loses what goes to the trash, and has it again when that is undone", async () => {
    const [sea, picture] = [await createCollection("ada", "Sea"), await make("ada")];
    await markGeneration("ada", picture.id, { ...into(sea.id), trashed: true });
    expect(await getCollection("ada", sea.id)).toMatchObject({ count: 0, covers: [] });
    await markGeneration("ada", picture.id, { trashed: false });
    expect(await getCollection("ada", sea.id)).toMatchObject({ count: 1 });
    await markGeneration("ada", picture.id, { trashed: true });
    await eraseGeneration("ada", picture.id);
    expect(await getCollection("ada", sea.id)).toMatchObject({ count: 0 });
  });

  it("keeps its place among others, however often they are put in order", async () => {
    for (const title of ["a", "b", "c"]) await createCollection("ada", title);
    const [a, b, c] = await listCollections("ada");
    if (!a || !b || !c) throw new Error("three were begun");
    await changeCollection("ada", c.id, { before: a.id });
    expect(await titles("ada")).toEqual(["c", "a", "b"]);
    await changeCollection("ada", c.id, { before: null });
    expect(await titles("ada")).toEqual(["a", "b", "c"]);
    // Halving runs out of numbers after some fifty times: then all are numbered anew.
    for (let n = 0; n < 60; n += 1) await changeCollection("ada", n % 2 ? b.id : a.id, { before: c.id });
    expect(await titles("ada")).toEqual(["a", "b", "c"]);
    await expect(changeCollection("ada", a.id, { before: a.id })).rejects.toEqual(failure("not_found"));
  });

  it("is renamed, removed and brought back with everything in it; the pictures stay", async () => {
    const [sea, picture] = [await createCollection("ada", "Sea"), await make("ada")];
    await markGeneration("ada", picture.id, into(sea.id));
    await changeCollection("ada", sea.id, { title: "See ‮ <b>🌊</b>" });
    await changeCollection("ada", sea.id, { removed: true });
    expect(await listCollections("ada")).toEqual([]);
    expect(await getGeneration("ada", picture.id)).toMatchObject({ collections: [], trashedAt: null });
    for (const attempt of [
      () => getCollection("ada", sea.id),
      () => idsIn("ada", sea.id),
      () => changeCollection("ada", sea.id, { title: "x" }),
    ])
      await expect(attempt()).rejects.toEqual(failure("not_found"));
    await expect(markGeneration("ada", picture.id, into(sea.id))).rejects.toEqual(failure("not_found"));
    await changeCollection("ada", sea.id, { removed: false });
    expect(await listCollections("ada")).toMatchObject([{ title: "See ‮ <b>🌊</b>", count: 1 }]);
  });

  it("is nobody else's: each way answers like one that does not exist", async () => {
    const [sea, eves] = [await createCollection("ada", "Sea"), await make("eve")];
    for (const id of [sea.id, "0190c8a4-0000-7000-8000-000000000000", "../../etc/passwd"]) {
      for (const attempt of [
        () => getCollection("eve", id),
        () => changeCollection("eve", id, { title: "Mine" }),
        () => changeCollection("eve", id, { removed: true }),
        () => listGenerations("eve", { collection: id }),
        () => listGenerations("eve", { collection: id, q: "harbour" }),
        () => markGeneration("eve", eves.id, into(id)),
      ])
        await expect(attempt()).rejects.toEqual(failure("not_found"));
    }
    expect(await listCollections("eve")).toEqual([]);
    expect(await titles("ada")).toEqual(["Sea"]);
    expect(await getGeneration("eve", eves.id)).toMatchObject({ collections: [] });
  });

  it("has a title that is bounded, and there are not too many of them", async () => {
    const codes = (title: string) => newCollectionSchema.safeParse({ title }).error?.issues.map(({ message }) => message);
    expect(codes("x".repeat(10_000))).toEqual(["title_too_long"]);
    expect(codes(" \n ")).toEqual(["title_missing"]);
    expect(codes("a\u0000b")).toEqual(["prompt_unreadable"]);
    expect(codes("👩‍👩‍👧‍👦 <script>alert(1)</script> ‮")).toBeUndefined();
    expect(collectionChangeSchema.safeParse({}).success).toBe(false);
    for (let n = 0; n < limits.collections; n += 1) await createCollection("ada", `${n}`);
    await expect(createCollection("ada", "one more")).rejects.toEqual(failure("too_many_collections"));
    const [first] = await listCollections("ada");
    await changeCollection("ada", first?.id ?? "", { removed: true });
    await createCollection("ada", "one instead");
    await expect(changeCollection("ada", first?.id ?? "", { removed: false })).rejects.toEqual(failure("too_many_collections"));
  });
});

describe("a file that names ids which are somebody else's", () => {
  const long = (stamp: number) => `${stamp}-00000000`;
  const isPacked = (name: string, bytes: Uint8Array) => ({
    name,
    size: bytes.length,
    crc32: crc32(bytes),
    modified: new Date(),
    content: [bytes],
  });

  /** A file as Eve would write it herself: seals say that nothing is damaged, not who wrote it. */
  async function bringByEve(...crafted: { name: string; bytes: Uint8Array }[]) {
    const { image, manifest } = await pictureOf("eve");
    const own = [
      { name: `pictures/${manifest.id}.png`, bytes: image },
      { name: `pictures/${manifest.id}.json`, bytes: writeManifest(manifest) },
    ];
    const chunks: Uint8Array[] = [];
    const members = [...own, ...crafted].map(({ name, bytes }) => isPacked(name, bytes));
    for await (const chunk of writeZip(Readable.from(members))) chunks.push(chunk);
    let last: unknown;
    for await (const line of await importPictures("eve", Readable.from(chunks))) last = line;
    return last;
  }

  async function pictureOf(owner: string, id?: string) {
    const image = await sharp({ create: { width: 8, height: 8, channels: 3, background: "teal" } })
      .png()
      .toBuffer();
    const facts = { sha256: sha256(image), bytes: image.length, type: "image/png" as const, width: 8, height: 8 };
    return { image, manifest: manifestOf(owner, { image: facts, ...(id && { id }) }) };
  }

  const collectionOfEve = (id: string, stamp: string, fields: object) => ({
    name: `collections/${id}.${stamp}.edit.json`,
    bytes: writeEdit(blank("collection", "eve", id), stamp, fields),
  });

  const sweepLater = () => withLibrary(({ archive, catalog }) => eraseRemovedDocuments(archive, catalog, Date.now() + 365 * 86_400_000));

  it("makes no collection of a picture's id, whose end would be the end of the picture", async () => {
    const picture = await make("ada");
    const planted = collectionOfEve(picture.id, long(Date.now()), { title: "x", removedAt: "2020-01-01T00:00:00.000Z" });
    expect(await bringByEve(planted)).toMatchObject({ counts: { imported: 1 }, collections: 0 });
    expect(await sweepLater()).toBe(0);
    await afterRebuild();
    expect(await getGeneration("ada", picture.id)).toMatchObject({ prompt: picture.prompt });
  });

  it("takes no collection over, also when it claims to be the older", async () => {
    const sea = await createCollection("ada", "Sea");
    const stamps = [long(Date.now()), long(1_600_000_000_000)];
    const planted = stamps.map((stamp) => collectionOfEve(sea.id, stamp, { title: "Eve's" }));
    expect(await bringByEve(...planted)).toMatchObject({ collections: 0 });
    await afterRebuild();
    expect([await titles("ada"), await titles("eve")]).toEqual([["Sea"], []]);
  });

  it("makes no picture of a collection's id, which to erase would erase the collection", async () => {
    const sea = await createCollection("ada", "Sea");
    const { image, manifest } = await pictureOf("eve", sea.id);
    const planted = [
      { name: `pictures/${sea.id}.png`, bytes: image },
      { name: `pictures/${sea.id}.json`, bytes: writeManifest(manifest) },
    ];
    expect(await bringByEve(...planted)).toMatchObject({ counts: { imported: 1, refused: 1 } });
    await expect(getGeneration("eve", sea.id)).rejects.toEqual(failure("not_found"));
    expect(await titles("ada")).toEqual(["Sea"]);
  });

  it("takes in nothing that was made in the future, which no erasing of the account would reach", async () => {
    const dayMs = 86_400_000;
    // Not by `newId`, which would never again give an earlier one.
    const at = (ms: number) =>
      (Date.now() + ms)
        .toString(16)
        .padStart(12, "0")
        .replace(/^(.{8})(.{4})$/, "$1-$2-7000-8000-000000000000");
    const made = [at(dayMs / 2), at(2 * dayMs)];
    const crafted = [];
    for (const id of made) {
      const { image, manifest } = await pictureOf("eve", id);
      crafted.push({ name: `pictures/${id}.png`, bytes: image }, { name: `pictures/${id}.json`, bytes: writeManifest(manifest) });
    }
    for (const ahead of [dayMs / 2 + 1, 2 * dayMs + 1])
      crafted.push(collectionOfEve(at(ahead), long(Date.now()), { title: `in ${ahead}` }));
    expect(await bringByEve(...crafted)).toMatchObject({ counts: { imported: 2, refused: 1 }, collections: 1 });
    expect(await titles("eve")).toEqual([`in ${dayMs / 2 + 1}`]);
  });
});

describe("what is kept of collections", () => {
  const twoOfThem = async () => {
    const [sea, gone, picture] = [await createCollection("ada", "Sea"), await createCollection("ada", "Gone"), await make("ada")];
    await changeCollection("ada", sea.id, { title: "The sea" });
    await markGeneration("ada", picture.id, into(sea.id));
    await changeCollection("ada", gone.id, { removed: true });
    return { sea, gone, picture };
  };

  it("is the same after a rebuild from the archive alone, and from a snapshot", async () => {
    const { sea, picture } = await twoOfThem();
    const before = await listCollections("ada");
    await afterRebuild();
    expect(await listCollections("ada")).toEqual(before);
    expect(await idsIn("ada", sea.id)).toEqual([picture.id]);
    await withLibrary(({ archive, catalog }) => archive.snapshots.take(catalog, Date.now()));
    await afterRebuild();
    expect(await listCollections("ada")).toEqual(before);
    expect(await getGeneration("ada", picture.id)).toMatchObject({ collections: [sea.id] });
  });

  it("is known to the check of an archive", async () => {
    await twoOfThem();
    const problems: unknown[] = [];
    const totals = await verifyArchive(openVolume({ folder: config().dataDir }), {
      repair: false,
      onProblem: (each) => problems.push(each),
    });
    expect(problems).toEqual([]);
    expect(totals).toMatchObject({ items: 1, documents: 2, people: 1 });
  });

  it("is erased thirty days after its removal, and not before", async () => {
    const { sea, gone } = await twoOfThem();
    const day = 86_400_000;
    const erase = (days: number) => withLibrary(({ archive, catalog }) => eraseRemovedDocuments(archive, catalog, Date.now() + days * day));
    expect([await erase(29), await erase(31), await erase(31)]).toEqual([0, 1, 0]);
    await expect(changeCollection("ada", gone.id, { removed: false })).rejects.toEqual(failure("not_found"));
    await afterRebuild();
    await expect(changeCollection("ada", gone.id, { removed: false })).rejects.toEqual(failure("not_found"));
    expect((await listCollections("ada")).map(({ id }) => id)).toEqual([sea.id]);
  });

  it("stays when it is brought back while the erasing has begun", async () => {
    const { gone } = await twoOfThem();
    const day = 86_400_000;
    const before = inTurn(itemTurns(), "collections of ada", () => delay(100));
    const restoring = changeCollection("ada", gone.id, { removed: false });
    await delay(20);
    const erasing = withLibrary(({ archive, catalog }) => eraseRemovedDocuments(archive, catalog, Date.now() + 31 * day));
    await before;
    expect([await erasing, (await restoring).title]).toEqual([0, "Gone"]);
    expect(await titles("ada")).toEqual(["The sea", "Gone"]);
  });

  it("goes with the account, counted, and nobody else's does", async () => {
    const { sea, gone } = await twoOfThem();
    await createCollection("eve", "Eve's");
    expect(await eraseAccount("ada")).toMatchObject({ pictures: 1, collections: 2, objectsRemoved: 3 + 1 + 4, objectsLeft: 0 });
    const left = (await files()).map(({ name }) => name).join(" ");
    for (const { id } of [sea, gone]) expect(left).not.toContain(id);
    await afterRebuild();
    expect([await listCollections("ada"), await titles("eve")]).toEqual([[], ["Eve's"]]);
    expect(await createCollection("ada", "Anew")).toMatchObject({ title: "Anew" });
  });

  it("goes where one takes everything, and comes back with the order and all pictures", async () => {
    const { sea, picture } = await twoOfThem();
    const before = await listCollections("ada");
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await exportPictures("ada")).content) chunks.push(chunk);
    const bring = async (owner: string) => {
      const lines = [];
      for await (const line of await importPictures(
        owner,
        (async function* () {
          yield Buffer.concat(chunks);
        })(),
      ))
        lines.push(line);
      return lines.at(-1);
    };
    await install();
    expect(await bring("eve")).toMatchObject({ type: "done", collections: 0, counts: { imported: 0 } });
    expect(await bring("ada")).toMatchObject({ type: "done", collections: 2, counts: { imported: 1 } });
    expect(await bring("ada")).toMatchObject({ type: "done", collections: 0, counts: { present: 1 } });
    expect(await listCollections("ada")).toEqual(before);
    expect(await idsIn("ada", sea.id)).toEqual([picture.id]);
    expect(await listCollections("eve")).toEqual([]);
  });
});
