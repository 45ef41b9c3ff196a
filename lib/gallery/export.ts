/**
 * Everything that a person has made, as one ZIP file: `pictures/<id>.<png|jpg|webp>` with its manifest `<id>.json` and, when something
 * was marked, one mark that holds the sum of all; their collections; and `metadata.jsonl`, which tools for data sets understand.
 */
import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { crc32 } from "node:zlib";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import type { Catalog } from "@/lib/gallery/catalog";
import type { Position } from "@/lib/gallery/cursor";
import { imageTypes, limits } from "@/lib/gallery/generation";
import { type Library, untilWhole, withLibrary } from "@/lib/gallery/library";
import { writeManifest } from "@/lib/gallery/manifest";
import { type FoldedMarks, writeMark } from "@/lib/gallery/mark";
import { packCollections } from "@/lib/gallery/packed-collections";
import { sha256 } from "@/lib/gallery/sealed-json";
import { writeZip, type ZipEntry, zipLength } from "@/lib/gallery/zip/writer";
import { Failure } from "@/lib/http/errors";
import { StorageFailure } from "@/lib/storage/object-store";

export type Export = { length: number; content: AsyncIterable<Uint8Array> };

/** Pictures whose bytes are damaged or gone keep their place, with zeros; the name of the folder is as long. */
const folders = { whole: "pictures/", lost: "unusable/" } as const;

const longestWaitMs = 60_000;
/** Storage that was silent is asked once every five seconds. */
const pausesMs = [250, 1000, 5500] as const;

/** What is held of each picture from the moment its length was promised: what may change meanwhile, and nothing that may not. */
type Promised = { id: string; marks: FoldedMarks; names: string[]; sizes: number[]; metadataLength: number };

/**
 * Opens an export of all pictures as they are now, also of those in the trash; or of some, by their ids. The content throws StorageFailure
 * when storage does not give a picture: a download that breaks off is not taken for whole.
 * @throws Failure `storage_unavailable`, and `not_found` when there is none of those
 */
export function exportPictures(owner: string, ids?: readonly string[]): Promise<Export> {
  return withLibrary(async (library) => {
    if (ids) return exportOf(library, owner, chosen(library.catalog, owner, ids), []);
    // Better none than one that lacks what is not listed yet.
    await untilWhole(library, longestWaitMs);
    return exportOf(library, owner, await promise(library.catalog, owner), packCollections(library.catalog, owner));
  });
}

function chosen(catalog: Catalog, owner: string, ids: readonly string[]): Promised[] {
  const items = [...new Set(ids)].flatMap((id) => catalog.find(owner, id) ?? []);
  if (items.length === 0) throw new Failure("not_found");
  return items.map(promiseOf);
}

type File = { name: string; bytes: Uint8Array };

function exportOf(library: Library, owner: string, promised: Promised[], collections: File[]): Export {
  const metadata = { name: "metadata.jsonl", size: promised.reduce((sum, { metadataLength }) => sum + metadataLength, 0) };
  const entries = function* () {
    for (const { name, bytes } of collections) yield { name, size: bytes.length };
    for (const { names, sizes } of promised) for (const [n, name] of names.entries()) yield { name, size: sizes[n] ?? 0 };
    yield metadata;
  };
  const content = async function* () {
    for (const { name, bytes } of collections) yield entry(name, bytes, new Date());
    yield* entriesOf(library, owner, promised, metadata);
  };
  return { length: zipLength(entries()), content: writeZip(content()) };
}

async function promise(catalog: Catalog, owner: string): Promise<Promised[]> {
  const promised = new Map<string, Promised>();
  // What is moved between the trash and the gallery meanwhile is met in one of the three.
  for (const trashed of [true, false, true]) {
    for (let after: Position | null | undefined; after !== null; ) {
      const page = catalog.page(owner, { trashed }, { limit: limits.largestPage, after: after ?? null });
      for (const item of page.items) if (!promised.has(item.manifest.id)) promised.set(item.manifest.id, promiseOf(item));
      after = page.next;
      await new Promise(setImmediate);
    }
  }
  return [...promised.values()];
}

function promiseOf(item: ArchivedItem): Promised {
  const files = filesOf(item, folders.whole);
  const { id, image } = item.manifest;
  const names = [imageFile(item, folders.whole), ...files.map(({ name }) => name)];
  const sizes = [image.bytes, ...files.map(({ bytes }) => bytes.length)];
  return { id, marks: item.marks, names, sizes, metadataLength: Buffer.byteLength(metadataOf(item, folders.whole)) };
}

async function* entriesOf({ archive, catalog }: Library, owner: string, promised: Promised[], metadata: { name: string; size: number }) {
  const lost = new Set<string>();
  const found = ({ id, marks }: Promised): ArchivedItem => {
    const item = catalog.find(owner, id);
    // The length was promised with it: a download that breaks off says more than one that lies.
    if (!item) throw new Error(`${id} was erased while it was being exported`);
    return { manifest: item.manifest, marks };
  };
  for (const each of promised) {
    const item = found(each);
    const { id, image, createdAt } = item.manifest;
    const bytes = await insistently(() => archive.readImage(id, image.type));
    const whole = bytes && sha256(bytes) === image.sha256 ? bytes : null;
    if (!whole) lost.add(id);
    const folder = whole ? folders.whole : folders.lost;
    const modified = new Date(createdAt);
    yield entry(imageFile(item, folder), whole ?? Buffer.alloc(image.bytes), modified);
    for (const { name, bytes: content } of filesOf(item, folder)) yield entry(name, content, modified);
  }
  const lines = function* () {
    for (const each of promised) yield Buffer.from(metadataOf(found(each), lost.has(each.id) ? folders.lost : folders.whole));
  };
  let sum = 0;
  for (const line of lines()) sum = crc32(line, sum);
  yield { ...metadata, crc32: sum, modified: new Date(), content: lines() };
}

/** Asks storage again before it gives up: a long download should not fail at one answer that is late. @throws StorageFailure */
async function insistently<T>(ask: () => Promise<T>): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error;
      await delay(pauseMs);
    }
  }
  return ask();
}

function entry(name: string, bytes: Uint8Array, modified: Date): ZipEntry {
  return { name, size: bytes.length, crc32: crc32(bytes), modified, content: [bytes] };
}

const imageFile = ({ manifest: { id, image } }: ArchivedItem, folder: string) => `${folder}${id}.${imageTypes[image.type]}`;

function filesOf({ manifest, marks }: ArchivedItem, folder: string): { name: string; bytes: Uint8Array }[] {
  const files = [{ name: `${folder}${manifest.id}.json`, bytes: writeManifest(manifest) }];
  if (marks.count === 0) return files;
  const { favorite, title, trashedAt, collections, newest } = marks;
  const fields = { favorite, title, trashedAt, ...(Object.keys(collections).length > 0 && { collections }) };
  // Derived from what it says, so that the same state has the same name wherever it is exported.
  const stamp = `${newest}-${sha256(JSON.stringify([manifest.id, fields])).slice(0, 8)}`;
  return [...files, { name: `${folder}${manifest.id}.${stamp}.mark.json`, bytes: writeMark(manifest.id, { stamp, ...fields }) }];
}

function metadataOf(item: ArchivedItem, folder: string): string {
  const { id, prompt, generator, model, seed, parameters, createdAt, image } = item.manifest;
  const { favorite, title, trashedAt } = item.marks;
  const { width, height } = image;
  const facts = {
    file_name: imageFile(item, folder),
    id,
    prompt,
    title,
    favorite,
    trashedAt,
    createdAt,
    generator,
    model,
    seed,
    width,
    height,
  };
  return `${JSON.stringify({ ...facts, parameters })}\n`;
}
