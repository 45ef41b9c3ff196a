import { readDocument } from "@/lib/gallery/archived-document";
import { type ArchivedItem, readMarks } from "@/lib/gallery/archived-item";
import { mapConcurrently } from "@/lib/gallery/concurrency";
import type { Document } from "@/lib/gallery/document";
import * as layout from "@/lib/gallery/layout";
import { type Listed, listFolder, listingsAtOnce } from "@/lib/gallery/listed";
import { readManifest } from "@/lib/gallery/manifest";
import { sha256 } from "@/lib/gallery/sealed-json";
import { type Tally, tallyOf } from "@/lib/gallery/tally";
import { type ObjectStore, StorageFailure } from "@/lib/storage/object-store";

/**
 * What a scan finds. An item that is unreadable now may be readable later; a damaged one is left as it is, for people to look at. After
 * all folders were listed to their ends it says how many of the items that were known before are still listed.
 */
export type Finding =
  | { kind: "item"; item: ArchivedItem }
  | { kind: "document"; document: Document }
  | { kind: "erased"; id: string }
  | { kind: "erased account"; erased: layout.ErasedAccount }
  | { kind: "damaged"; id: string }
  | { kind: "unreadable"; id: string }
  | { kind: "listed"; known: number };

/**
 * What is to be done about an item that is listed with such marks, or a document with such edits: nothing, because it is `known` like that or because it has to
 * `wait`; reading it, because it is `new` or was `changed`; or reading its image, too, because it did not verify `before`.
 */
export type Verdict = "known" | "wait" | "new" | "changed" | "before";

export type ScanOptions = {
  judge?: (id: string, listed: Tally) => Verdict;
  /** Lists all folders as one: fewer questions to a bucket that holds little. */
  asOneFolder?: boolean;
};

const readsAtOnce = 8;
/** So many of the newest are read before all others: they are what people look at first. */
const newestFirst = 1000;

/**
 * Everything that the archive holds: first what was erased, then all other items, the newest first, the rest in no particular order.
 * What is missing from a scan is not thereby gone.
 * @throws StorageFailure when a listing could not be completed
 */
export async function* scanArchive(store: ObjectStore, options: ScanOptions = {}): AsyncIterable<Finding> {
  const erased = new Set<string>();
  for await (const name of store.list(layout.tombstones)) {
    const account = layout.parseAccountTombstone(name);
    if (account) yield { kind: "erased account", erased: account };
    const id = layout.parseTombstoneName(name);
    if (id === null) continue;
    erased.add(id);
    yield { kind: "erased", id };
  }
  const judge = options.judge ?? (() => "new" as const);
  const toFind = candidates(store, { ...options, judge: (id, listed) => (erased.has(id) ? "wait" : judge(id, listed)) });
  for await (const finding of mapConcurrently(toFind, readsAtOnce, (candidate) => examine(store, candidate))) {
    if (finding) yield finding;
  }
}

/** Those of some items of which neither a listing nor their names show a manifest. @throws StorageFailure */
export async function findAbsent(store: ObjectStore, ids: Iterable<string>): Promise<string[]> {
  const listed = new Set<string>();
  for await (const folder of mapConcurrently(layout.shards, listingsAtOnce, (prefix) => listFolder(store, prefix))) {
    for (const { id, isDocument } of folder) if (!isDocument) listed.add(id);
  }
  const unlisted: string[] = [];
  for (const id of ids) if (!listed.has(id)) unlisted.push(id);
  const isThere = mapConcurrently(unlisted, readsAtOnce, async (id) => (await store.read(layout.manifestName(id))) !== null);
  const absent: string[] = [];
  let n = 0;
  for await (const there of isThere) {
    const id = unlisted[n++];
    if (id !== undefined && !there) absent.push(id);
  }
  return absent;
}

type Candidate = Listed & { verdict: Verdict };
type Searched = Required<Pick<ScanOptions, "judge">> & ScanOptions;

// Memory does not grow with the archive: of all that is to be read only the newest are remembered, the rest is listed again.
async function* candidates(store: ObjectStore, { judge, asOneFolder = false }: Searched): AsyncIterable<Candidate | { known: number }> {
  const folders = asOneFolder ? [layout.items] : layout.shards;
  const listings = () => mapConcurrently(folders, listingsAtOnce, (prefix) => listFolder(store, prefix));
  let newest: Candidate[] = [];
  let [wanted, known] = [0, 0];
  for await (const folder of listings()) {
    for (const listed of folder) {
      const verdict = judge(listed.id, tallyOf(listed.stamps));
      if (!listed.isDocument && (verdict === "known" || verdict === "changed")) known += 1;
      if (verdict === "known" || verdict === "wait") continue;
      wanted += 1;
      newest.push({ ...listed, verdict });
      if (newest.length > 2 * newestFirst) newest = theNewest(newest);
    }
  }
  yield { known };
  newest = theNewest(newest);
  yield* newest;
  if (wanted <= newest.length) return;
  const begun = new Set(newest.map(({ id }) => id));
  for await (const folder of listings()) {
    for (const listed of folder) {
      const verdict = begun.has(listed.id) ? "wait" : judge(listed.id, tallyOf(listed.stamps));
      if (verdict !== "known" && verdict !== "wait") yield { ...listed, verdict };
    }
  }
}

// Ids are in the order of making.
function theNewest(found: Candidate[]): Candidate[] {
  return found.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, newestFirst);
}

async function examine(store: ObjectStore, candidate: Candidate | { known: number }): Promise<Finding | null> {
  if ("known" in candidate) return { kind: "listed", known: candidate.known };
  const { id, stamps, verdict, isDocument } = candidate;
  try {
    if (isDocument) {
      const document = await readDocument(store, id, stamps);
      return document ? { kind: "document", document } : { kind: "damaged", id };
    }
    // What was erased is known from the listing of tombstones: asking for each would cost a request.
    const bytes = await store.read(layout.manifestName(id));
    if (!bytes) return null;
    const manifest = readManifest(id, bytes);
    if (!manifest) return { kind: "damaged", id };
    if (verdict === "before") {
      const image = await store.read(layout.imageName(id, manifest.image.type));
      if (!image || sha256(image) !== manifest.image.sha256) return { kind: "damaged", id };
    }
    return { kind: "item", item: { manifest, marks: await readMarks(store, id, stamps) } };
  } catch (error) {
    if (error instanceof StorageFailure) return { kind: "unreadable", id };
    throw error;
  }
}
