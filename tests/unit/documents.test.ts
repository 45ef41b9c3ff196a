/** Documents in an archive, in memory and in a folder: the sum of their edits, the same for every replica. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openArchive } from "@/lib/gallery/archive";
import { openCatalog } from "@/lib/gallery/catalog";
import { catchUp } from "@/lib/gallery/catch-up";
import { blank, type Document, readEdit, withEdit, writeEdit } from "@/lib/gallery/document";
import { newId, timeOfId } from "@/lib/gallery/id";
import { editName, manifestName, markName, parseObjectName, thingOf, tombstoneName } from "@/lib/gallery/layout";
import { readMark } from "@/lib/gallery/mark";
import { verifyArchive } from "@/lib/gallery/verify";
import type { ObjectStore } from "@/lib/storage/object-store";
import { openVolume } from "@/lib/storage/volume";
import { manifestOf, someImage, someThumbnail } from "@/tests/support/items";
import { memoryStore } from "@/tests/support/memory-store";
import { temporaryFolder } from "@/tests/support/temporary-folder";

const begun = (owner = "ada") => blank("collection", owner, newId());
const isIn = (collection: string, is = true) => ({ collections: { [collection]: is } });

/** A process with a catalog of its own over a store. */
async function replicaOf(store: ObjectStore) {
  const archive = await openArchive(store, null);
  const catalog = openCatalog(await temporaryFolder());
  return { archive, catalog, catchUp: () => catchUp(archive, catalog) };
}

describe.each([
  ["memory", async (): Promise<ObjectStore> => memoryStore()],
  ["a folder", async (): Promise<ObjectStore> => openVolume({ folder: path.join(await temporaryFolder(), "archive") })],
])("documents in %s", (_name, openStore) => {
  it("are the same for two replicas that change them at once: the newest edit of each field counts", async () => {
    const store = await openStore();
    const [one, other] = [await replicaOf(store), await replicaOf(store)];
    const document = await one.archive.edit(begun(), { title: "first", place: 1 });
    const stamp = (later: number) => `${document.newest + later}-00000000`;
    await other.archive.copyEdit(document, stamp(20), { title: "later" });
    await one.archive.copyEdit(document, stamp(10), { title: "earlier", place: 7 });
    for (const replica of [one, other]) {
      await replica.catchUp();
      const [known] = replica.catalog.documents.list("ada", "collection");
      expect(known).toMatchObject({ fields: { title: "later", place: 7 }, count: 3 });
      expect(replica.catalog.documents.list("eve", "collection")).toEqual([]);
    }
  });

  it("keep two replicas' pictures apart from each other: each membership counts for itself", async () => {
    const store = await openStore();
    const [one, other] = [await replicaOf(store), await replicaOf(store)];
    const [sea, land] = [await one.archive.edit(begun(), { title: "Sea" }), await one.archive.edit(begun(), { title: "Land" })];
    const item = await one.archive.keep(manifestOf("ada"), someImage, someThumbnail, new AbortController().signal);
    await one.archive.mark(item, isIn(sea.id));
    await other.archive.mark(item, isIn(land.id));
    for (const { catalog, catchUp: follow } of [one, other]) {
      await follow();
      expect(catalog.documents.countMembers("ada")).toEqual(new Map([sea.id, land.id].map((id) => [id, 1])));
    }
  });

  it("end with their tombstone, whatever edit comes later", async () => {
    const store = await openStore();
    const [one, other] = [await replicaOf(store), await replicaOf(store)];
    const document = await one.archive.edit(begun(), { title: "Sea" });
    await other.catchUp();
    await one.archive.erase(document);
    await other.archive.edit(document, { title: "Still there" });
    for (const replica of [one, other, await replicaOf(store)]) {
      await replica.catchUp();
      expect(replica.catalog.documents.list("ada", "collection")).toEqual([]);
      expect(await replica.archive.findDocument(document.id, "ada")).toBeNull();
      replica.catalog.documents.put({ ...document, count: 99 });
      expect(replica.catalog.documents.editsOf(document.id)).toBeNull();
    }
  });

  it("are found by their owner alone, and go with the account, but not what is begun after that", async () => {
    const store = await openStore();
    const { archive, catalog, catchUp: follow } = await replicaOf(store);
    const [before, eves] = [await archive.edit(begun(), { title: "Before" }), await archive.edit(begun("eve"), { title: "Eve's" })];
    expect(await archive.findDocument(before.id, "eve")).toBeNull();
    expect(await archive.findDocument(before.id, "ada")).toEqual(before);
    // Ids are made in order: a clock that a test before this one put ahead stays so.
    const moment = Date.parse(timeOfId(eves.id)) + 1;
    await archive.eraseAccount({ account: "ada", before: moment });
    const after = await archive.edit(blank("collection", "ada", newId(moment + 1000)), { title: "After" });
    await follow();
    expect(catalog.documents.list("ada", "collection")).toEqual([after]);
    expect(catalog.documents.list("eve", "collection")).toEqual([eves]);
  });

  it("are looked at again when an edit is missing, and lose no edit that verifies to one that does not", async () => {
    const store = await openStore();
    const { archive, catalog, catchUp: follow } = await replicaOf(store);
    const document = await archive.edit(begun(), { title: "Sea", place: 3 });
    const damaged = `${document.newest + 5}-0000abcd`;
    await store.publish(editName(document.id, damaged), Buffer.from("{}"));
    const foreign = `${document.newest + 6}-0000abcd`;
    await store.publish(editName(document.id, foreign), writeEdit({ ...document, owner: "eve" }, foreign, { title: "Taken over" }));
    await follow();
    expect(catalog.documents.list("ada", "collection")).toMatchObject([{ fields: { title: "Sea", place: 3 }, count: 3 }]);
    expect(catalog.documents.list("eve", "collection")).toEqual([]);
    const problems: string[] = [];
    const options = { repair: true, onProblem: ({ kind, name }: { kind: string; name: string }) => problems.push(`${kind} ${name}`) };
    expect(await verifyArchive(store, options)).toMatchObject({ documents: 1, moved: 1 });
    expect(problems).toEqual([`damaged ${editName(document.id, damaged)}`]);
  });
});

describe("an edit", () => {
  it("verifies as exactly what was written under its name, and as nothing else", () => {
    const document = begun();
    const stamp = "1795263588494-4b0d9579";
    const bytes = writeEdit(document, stamp, { title: "Sea" });
    expect(readEdit(document.id, stamp, bytes)).toMatchObject({ kind: "collection", owner: "ada", fields: { title: "Sea" } });
    expect(readEdit(newId(), stamp, bytes)).toBeNull();
    expect(readEdit(document.id, "1795263588494-4b0d957a", bytes)).toBeNull();
    expect(readEdit(document.id, stamp, Buffer.from(bytes.toString().replace("Sea", "See")))).toBeNull();
  });

  it("is known by its name as part of its document", () => {
    const id = newId();
    const stamp = "1795263588494-4b0d9579";
    const name = editName(id, stamp);
    expect(parseObjectName(name)).toEqual({ id, kind: "edit", stamp });
    for (const other of [name, tombstoneName(id), markName(id, stamp), manifestName(id)]) expect(thingOf(other)).toBe(id);
  });

  it("adds to what is known, and keeps the rest", () => {
    const first: Document<"collection"> = withEdit(begun(), "1795263588494-4b0d9579", { title: "Sea", place: 1 });
    expect(withEdit(first, "1795263588495-4b0d9579", { removedAt: null })).toMatchObject({
      fields: { title: "Sea", place: 1, removedAt: null },
      count: 2,
      newest: 1_795_263_588_495,
    });
  });
});

describe("tests/fixtures/documents-v1, written once and never again,", () => {
  const folder = "tests/fixtures/documents-v1";
  const read = (name: string) => readFileSync(path.join(folder, name));
  const [collection, share, picture] = [
    "01a1fe0c-684e-72eb-adf0-13cd6fcf52ae",
    "01a1fe0c-685e-7625-bcd4-2c4c4ced3991",
    "01a1fe0c-6868-7448-a83c-dbc4a5526d22",
  ] as const;

  it("is read by every later version: a collection, a link, and a mark that puts a picture into a collection", () => {
    const [begun, linked, marked] = ["1795263588494-4b0d9579", "1795263588495-ce227085", "1795263588496-e61ca314"] as const;
    expect(readEdit(collection, begun, read(`${collection}.${begun}.edit.json`))).toMatchObject({
      kind: "collection",
      owner: "64f0c0ffee0000000000ada1",
      fields: { title: "Höhe „7“ 🌊", place: 1.5, removedAt: null },
    });
    expect(readEdit(share, linked, read(`${share}.${linked}.edit.json`))).toMatchObject({
      kind: "share",
      fields: { token: "0123456789abcdefghijklmnopqrstuv", seal: "0123456789abcdefghijkA", picture, withWords: true, name: "ada" },
    });
    expect(readMark(picture, marked, read(`${picture}.${marked}.mark.json`))).toMatchObject({ collections: { [collection]: true } });
  });
});
