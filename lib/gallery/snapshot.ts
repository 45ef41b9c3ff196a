/**
 * Snapshots: all that a catalog knows as one object, so that a rebuild reads one object instead of every manifest. They hold nothing
 * that is not in the archive beside them, and one that does not verify is as good as none.
 */
import { createHash } from "node:crypto";
import { StringDecoder } from "node:string_decoder";
import { setImmediate as breathe } from "node:timers/promises";
import { createGunzip, createGzip } from "node:zlib";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import type { Catalog } from "@/lib/gallery/catalog";
import type { Document } from "@/lib/gallery/document";
import { type ErasedAccount, parseSnapshotName, snapshotName, snapshots } from "@/lib/gallery/layout";
import type { IsWaiting } from "@/lib/gallery/not-yet-saved";
import { ObjectCollision, type ObjectStore } from "@/lib/storage/object-store";

export type Snapshots = {
  /** When snapshots were taken, in ms since 1970, the newest first. @throws StorageFailure */
  taken(): Promise<number[]>;
  /** Publishes everything that a catalog knows, but for what still waits to be saved. @throws StorageFailure */
  take(catalog: Catalog, at: number, isWaiting?: IsWaiting): Promise<void>;
  /** Puts the newest one that verifies into a catalog; returns when it was taken, or null. @throws StorageFailure */
  load(catalog: Catalog): Promise<number | null>;
  /** Removes those that are older than the newest that verifies; resolves with how many older ones are left. @throws StorageFailure */
  removeOld(): Promise<number>;
};

type Entry = { erased: string } | { erasedAccount: ErasedAccount } | { document: Document } | { item: ArchivedItem };

const version = 1;
const batch = 200;
const linesAtOnce = 500;
const longestLine = 1024 * 1024;

/** The snapshots in a store. */
export function keptSnapshots(store: ObjectStore): Snapshots {
  const taken = async () => {
    const times: number[] = [];
    for await (const name of store.list(snapshots)) {
      const time = parseSnapshotName(name);
      if (time !== null) times.push(time);
    }
    return times.sort((a, b) => b - a);
  };
  const readVerified = async (time: number) => {
    const bytes = await store.read(snapshotName(time));
    return bytes && (await verifies(bytes)) ? bytes : null;
  };
  const take = async (catalog: Catalog, at: number, isWaiting: IsWaiting = () => false) => {
    const bytes = await write(catalog, isWaiting);
    await store.publish(snapshotName(at), bytes).catch((error: unknown) => {
      // Another replica had the same thought in the same millisecond: its snapshot is as good.
      if (!(error instanceof ObjectCollision)) throw error;
    });
  };
  // What was erased since stands in older ones still: none is kept that is not needed.
  const removeOld = async () => {
    let hasVerified = false;
    let left = 0;
    for (const time of await taken()) {
      if (!hasVerified) hasVerified = (await readVerified(time)) !== null;
      else if (!(await isRemoved(snapshotName(time)))) left += 1;
    }
    return left;
  };
  const isRemoved = async (name: string) => {
    await store.remove(name);
    return (await store.read(name)) === null;
  };
  return {
    taken,
    take,
    async load(catalog) {
      for (const time of await taken()) {
        const bytes = await readVerified(time);
        if (!bytes) continue;
        await load(bytes, catalog);
        return time;
      }
      return null;
    },
    removeOld,
  };
}

async function write(catalog: Catalog, isWaiting: IsWaiting): Promise<Uint8Array> {
  const gzip = createGzip({ level: 4 });
  const chunks: Buffer[] = [];
  gzip.on("data", (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve, reject) => void gzip.once("end", resolve).once("error", reject));
  const hash = createHash("sha256");
  let entries = 0;
  let lines = [`${JSON.stringify({ version })}\n`];
  const flush = async () => {
    const text = lines.join("");
    lines = [];
    hash.update(text);
    if (!gzip.write(text)) await new Promise((resolve) => gzip.once("drain", resolve));
    await breathe();
  };
  for (const entry of catalog.all()) {
    if (isWaiting(subjectOf(entry))) continue;
    entries += 1;
    if (lines.push(`${JSON.stringify(entry satisfies Entry)}\n`) >= linesAtOnce) await flush();
  }
  await flush();
  gzip.end(`${JSON.stringify({ entries, checksum: hash.digest("hex") })}\n`);
  await finished;
  return Buffer.concat(chunks);
}

function subjectOf(entry: Entry): string | ErasedAccount {
  if ("item" in entry) return entry.item.manifest.id;
  if ("document" in entry) return entry.document.id;
  return "erased" in entry ? entry.erased : entry.erasedAccount;
}

// What knew nothing of collections may have overlooked some among the marks: they are read again, since fewer are known than listed.
function withCollections({ manifest, marks }: ArchivedItem): ArchivedItem {
  return { manifest, marks: marks.collections ? marks : { ...marks, collections: {}, count: 0 } };
}

async function verifies(bytes: Uint8Array): Promise<boolean> {
  const hash = createHash("sha256");
  let last = "";
  let count = 0;
  try {
    for await (const line of linesOf(bytes)) {
      if (count === 1 && (JSON.parse(last) as { version?: unknown }).version !== version) return false;
      if (count > 0) hash.update(last);
      last = line;
      count += 1;
    }
    const end = JSON.parse(last) as { entries?: unknown; checksum?: unknown };
    return end.checksum === hash.digest("hex") && end.entries === count - 2;
  } catch {
    return false;
  }
}

// What was erased comes first in a snapshot, and what is erased stays so: nothing that is gone is shown in between.
async function load(bytes: Uint8Array, catalog: Catalog): Promise<void> {
  let items: ArchivedItem[] = [];
  let erased: string[] = [];
  const record = async () => {
    if (erased.length > 0) catalog.erase(erased);
    if (items.length > 0) catalog.put(items);
    [items, erased] = [[], []];
    await breathe();
  };
  for await (const line of linesOf(bytes)) {
    const entry = JSON.parse(line) as Partial<{ erased: string; erasedAccount: ErasedAccount; document: Document; item: ArchivedItem }>;
    if (entry.item) items.push(withCollections(entry.item));
    else if (entry.document) catalog.documents.put(entry.document);
    else if (entry.erased) erased.push(entry.erased);
    else if (entry.erasedAccount) catalog.eraseAccount(entry.erasedAccount);
    if (items.length + erased.length >= batch) await record();
  }
  await record();
}

/** The lines of a compressed text, each with its line break. @throws Error of node:zlib, or one that names a line too long to be ours */
async function* linesOf(bytes: Uint8Array): AsyncIterable<string> {
  const gunzip = createGunzip();
  gunzip.end(bytes);
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for await (const chunk of gunzip) {
    const parts = (rest + decoder.write(chunk as Buffer)).split(/(?<=\n)/);
    rest = parts.at(-1)?.endsWith("\n") ? "" : (parts.pop() ?? "");
    if (rest.length > longestLine) throw new Error("a snapshot holds a line that is too long");
    yield* parts;
  }
  if (rest) yield rest;
}
