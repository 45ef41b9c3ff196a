import { type ArchivedItem, readCommitted, readMarks } from "@/lib/gallery/archived-item";
import { mapConcurrently } from "@/lib/gallery/concurrency";
import { type ErasedAccount, parseAccountTombstone, parseItemName, parseTombstoneName, shards, tombstones } from "@/lib/gallery/layout";
import { type ObjectStore, StorageFailure } from "@/lib/storage/object-store";

/** What a scan finds. An item that is unreadable now may be readable later; a damaged one is left as it is, for people to look at. */
export type Finding =
  | { kind: "item"; item: ArchivedItem }
  | { kind: "erased"; id: string }
  | { kind: "erased account"; erased: ErasedAccount }
  | { kind: "damaged"; id: string }
  | { kind: "unreadable"; id: string };

export type ScanOptions = {
  /** True for an item that need not be read, because it is known already with this number of marks. */
  isKnown?: (id: string, marks: number) => boolean;
};

const listingsAtOnce = 4;
const readsAtOnce = 8;

/**
 * Everything that the archive holds: first what was erased, then all other items in no particular order. What is missing from a scan
 * is not thereby gone.
 * @throws StorageFailure when a listing could not be completed
 */
export async function* scanArchive(store: ObjectStore, { isKnown = () => false }: ScanOptions = {}): AsyncIterable<Finding> {
  const erased = new Set<string>();
  for await (const name of store.list(tombstones)) {
    const account = parseAccountTombstone(name);
    if (account) yield { kind: "erased account", erased: account };
    const id = parseTombstoneName(name);
    if (id === null) continue;
    erased.add(id);
    yield { kind: "erased", id };
  }
  const wanted = candidates(store, (id, marks) => !erased.has(id) && !isKnown(id, marks));
  for await (const finding of mapConcurrently(wanted, readsAtOnce, (candidate) => examine(store, candidate))) {
    if (finding) yield finding;
  }
}

type Candidate = { id: string; stamps: string[] };

async function* candidates(store: ObjectStore, isWanted: (id: string, marks: number) => boolean): AsyncIterable<Candidate> {
  for await (const shard of mapConcurrently(shards, listingsAtOnce, (prefix) => listShard(store, prefix))) {
    for (const candidate of shard) if (isWanted(candidate.id, candidate.stamps.length)) yield candidate;
  }
}

async function listShard(store: ObjectStore, prefix: string): Promise<Candidate[]> {
  const committed: string[] = [];
  const stampsOf = new Map<string, string[]>();
  for await (const name of store.list(prefix)) {
    const parsed = parseItemName(name);
    if (parsed?.kind === "manifest") committed.push(parsed.id);
    if (parsed?.kind === "mark") stampsOf.set(parsed.id, [...(stampsOf.get(parsed.id) ?? []), parsed.stamp]);
  }
  return committed.map((id) => ({ id, stamps: stampsOf.get(id) ?? [] }));
}

async function examine(store: ObjectStore, { id, stamps }: Candidate): Promise<Finding | null> {
  try {
    const manifest = await readCommitted(store, id);
    if (manifest === "absent") return null;
    if (manifest === "damaged") return { kind: "damaged", id };
    return { kind: "item", item: { manifest, marks: await readMarks(store, id, stamps) } };
  } catch (error) {
    if (error instanceof StorageFailure) return { kind: "unreadable", id };
    throw error;
  }
}
