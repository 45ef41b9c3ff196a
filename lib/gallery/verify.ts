/** Reads a whole archive and says what is wrong with it; on request, moves what is damaged out of the way. */
import { mapConcurrently } from "@/lib/gallery/concurrency";
import { type Made, madeOf, readEdit } from "@/lib/gallery/document";
import { timeOfId } from "@/lib/gallery/id";
import * as layout from "@/lib/gallery/layout";
import { readManifest } from "@/lib/gallery/manifest";
import { readMark } from "@/lib/gallery/mark";
import { ForeignPlace } from "@/lib/gallery/marker";
import { sha256 } from "@/lib/gallery/sealed-json";
import { type ObjectStore, StorageFailure } from "@/lib/storage/object-store";

/**
 * `damaged` does not hold what it should; `unreadable` could not be read now; an `orphan` belongs to an item that was never finished;
 * a `leftover` to one that was erased; a `stranger` is not ours.
 */
export type Problem = { kind: "damaged" | "unreadable" | "orphan" | "leftover" | "stranger"; name: string; why: string };

/** `bytes` of the images of whole items; `documents` are collections and links. */
export type Totals = {
  people: number;
  items: number;
  documents: number;
  bytes: number;
  erased: number;
  problems: Record<Problem["kind"], number>;
  moved: number;
};

type Options = {
  /** Moves damaged marks, and all objects of items that are not whole, to `quarantine/`. Nothing is removed before its copy is durable, and nothing is ever lost. */
  repair: boolean;
  onProblem: (problem: Problem) => void;
};

const unfinishedForMs = 3_600_000;
const itemsAtOnce = 8;

/** @throws ForeignPlace when there is no archive, StorageFailure when it cannot be listed */
export async function verifyArchive(store: ObjectStore, { repair, onProblem }: Options): Promise<Totals> {
  if (!(await store.read(layout.markerName))) throw new ForeignPlace(`There is no archive here: ${layout.markerName} is missing.`);
  const problems = { damaged: 0, unreadable: 0, orphan: 0, leftover: 0, stranger: 0 };
  const owners = new Set<string>();
  const totals: Totals = { people: 0, items: 0, documents: 0, bytes: 0, erased: 0, problems, moved: 0 };

  const erased = new Set<string>();
  const accounts: layout.ErasedAccount[] = [];
  for await (const name of store.list(layout.tombstones)) {
    const account = layout.parseAccountTombstone(name);
    if (account) accounts.push(account);
    const id = layout.parseTombstoneName(name);
    if (id !== null) erased.add(id);
  }
  totals.erased = erased.size;

  const wentWithAccount = ({ owner, createdAt }: Made) =>
    accounts.some(({ account, before }) => account === layout.accountKey(owner) && Date.parse(createdAt) <= before);
  const examine = async (item: Item): Promise<Examined> => {
    const { found, whole } = await examineItem(store, item, (made) => (made ? wentWithAccount(made) : erased.has(item.id)));
    const damaged = found.filter(({ kind }) => kind === "damaged").map(({ name }) => name);
    // A whole picture stays, without the mark that is damaged; one that is not whole goes with everything it has.
    const moved = repair && damaged.length > 0 ? await moveAway(store, whole ? damaged : item.names) : 0;
    return { found, whole, moved };
  };
  for await (const { found, whole, moved } of mapConcurrently(itemsOf(store), itemsAtOnce, examine)) {
    for (const problem of found) {
      problems[problem.kind] += 1;
      onProblem(problem);
    }
    totals.moved += moved;
    if (!whole) continue;
    if (whole.isDocument) totals.documents += 1;
    else totals.items += 1;
    totals.bytes += whole.bytes;
    owners.add(whole.owner);
  }
  return { ...totals, people: owners.size };
}

type Item = { id: string; names: string[] };
type Whole = { owner: string; bytes: number; isDocument: boolean };
type Examined = { found: Problem[]; whole: Whole | null; moved: number };

// A shard at a time: memory does not grow with the archive.
async function* itemsOf(store: ObjectStore): AsyncIterable<Item> {
  for (const shard of layout.shards) {
    const items = new Map<string, string[]>();
    for await (const name of store.list(shard)) {
      const id = layout.parseObjectName(name)?.id ?? "";
      items.set(id, [...(items.get(id) ?? []), name]);
    }
    for (const [id, names] of items) yield { id, names };
  }
}

async function examineItem(store: ObjectStore, { id, names }: Item, isErased: (made?: Made) => boolean): Promise<Omit<Examined, "moved">> {
  const all = (kind: Problem["kind"], why: string) => ({ found: names.map((name) => ({ kind, name, why })), whole: null });
  if (!id) return all("stranger", "not a name of the archive");
  if (isErased()) return all("leftover", "its item was erased");
  if (!names.every((name) => name.startsWith(layout.shardOf(id)))) return all("damaged", "lies in the wrong folder");
  const manifestName = layout.manifestName(id);
  const isDocument = !names.includes(manifestName) && names.some((name) => layout.parseObjectName(name)?.kind === "edit");
  if (!isDocument && !names.includes(manifestName)) {
    const isYoung = Date.now() - Date.parse(timeOfId(id)) < unfinishedForMs;
    return isYoung ? { found: [], whole: null } : all("orphan", "its item was never finished");
  }
  const found: Problem[] = [];
  const check = async <T>(name: string, verify: (bytes: Uint8Array) => T | null, why: string): Promise<T | null> => {
    try {
      const bytes = await store.read(name);
      const verified = bytes && verify(bytes);
      if (verified === null) found.push({ kind: "damaged", name, why: bytes ? why : "is missing" });
      return verified;
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error;
      found.push({ kind: "unreadable", name, why: "storage did not answer" });
      return null;
    }
  };

  if (isDocument) {
    let made: Made | null = null;
    for (const name of names) {
      const parsed = layout.parseObjectName(name);
      if (parsed?.kind !== "edit") return all("stranger", "belongs to no item");
      const edit = await check(name, (bytes) => readEdit(id, parsed.stamp, bytes), "is not the edit that was written");
      if (edit) made = madeOf(edit);
    }
    if (made && isErased(made)) return all("leftover", "its account was erased");
    return { found, whole: made && { owner: made.owner, bytes: 0, isDocument } };
  }
  const manifest = await check(manifestName, (bytes) => readManifest(id, bytes), "is not the manifest that was written");
  if (!manifest) return { found, whole: null };
  if (isErased(manifest)) return all("leftover", "its account was erased");
  const { sha256: expected, bytes: size, type } = manifest.image;
  const image = await check(
    layout.imageName(id, type),
    (bytes) => (sha256(bytes) === expected ? true : null),
    "is not the image that was made",
  );
  for (const name of names) {
    const parsed = layout.parseObjectName(name);
    if (parsed?.kind === "mark") await check(name, (bytes) => readMark(id, parsed.stamp, bytes), "is not the mark that was written");
  }
  return { found, whole: image ? { owner: manifest.owner, bytes: size, isDocument } : null };
}

// The copy is durable before the original goes; an interrupted repair leaves both, and is finished by the next.
async function moveAway(store: ObjectStore, names: readonly string[]): Promise<number> {
  let moved = 0;
  for (const name of names) {
    const bytes = await store.read(name);
    if (!bytes) continue;
    await store.publish(layout.quarantine + name, bytes);
    await store.remove(name);
    moved += 1;
  }
  return moved;
}
