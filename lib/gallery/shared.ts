/**
 * What a link shows to whoever has it: these pictures and nothing else. Pictures have names of their own under each link, made with a
 * secret that never leaves: none of them opens anything anywhere else, and two links to one picture do not show that it is the same.
 */
import "server-only";
import { createCipheriv, createDecipheriv } from "node:crypto";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import { readBare } from "@/lib/gallery/bare-picture";
import { isFarAhead } from "@/lib/gallery/clock";
import type { Document } from "@/lib/gallery/document";
import { type ImageType, idPattern } from "@/lib/gallery/generation";
import { timeOfId } from "@/lib/gallery/id";
import { type Library, withLibrary } from "@/lib/gallery/library";
import { readThumbnail } from "@/lib/gallery/picture-bytes";
import { sha256 } from "@/lib/gallery/sealed-json";
import { isExpired } from "@/lib/gallery/shares";
import { Failure } from "@/lib/http/errors";

/** A picture as a link shows it: `words` are null unless the link carries them. */
export type SharedPicture = {
  name: string;
  width: number;
  height: number;
  words: { title: string | null; prompt: string } | null;
};

export type Shared = {
  /** The name of a shared collection; null for a picture. */
  collection: string | null;
  /** Who shares it, when they want that to be seen. */
  by: string | null;
  pictures: SharedPicture[];
  total: number;
  /** Name of the picture after which the next page begins. */
  next: string | null;
};

const perPage = 60;
/** How long an answer waits, after a start, until the archive has been read once, in milliseconds. */
const patienceMs = 5_000;

/**
 * What a link leads to; of a collection a page, the newest first.
 * @throws Failure `share_unknown`, `share_ended`, `storage_unavailable`
 */
export function openShared(token: string, { after }: { after?: string | undefined } = {}): Promise<Shared> {
  return withLibrary(async (library) => {
    const share = await find(library, token);
    const { owner, fields } = share;
    const by = fields.name ?? null;
    if (fields.picture !== undefined) {
      return { collection: null, by, pictures: [show(share, itemOf(library, share, fields.picture))], total: 1, next: null };
    }
    const collection = collectionOf(library, share);
    const position = after === undefined ? null : positionOf(unsealed(share, after));
    const page = library.catalog.search(owner, { collection: collection.id }, { limit: perPage, after: position });
    const next = page.next && sealed(share, page.next.id);
    // What cannot be read is counted, and not shown until it is known to be there still.
    const readable = page.items.filter(({ manifest }) => !library.replica.isUnreadable(manifest.id));
    return {
      collection: collection.fields.title ?? "",
      by,
      pictures: readable.map((item) => show(share, item)),
      total: page.total,
      next,
    };
  });
}

/** One picture of a link, by the name that it has there. @throws as `openShared` */
export function openSharedPicture(token: string, name: string): Promise<Omit<Shared, "pictures"> & { picture: SharedPicture }> {
  return withLibrary(async (library) => {
    const share = await find(library, token);
    const collection = share.fields.picture === undefined ? (collectionOf(library, share).fields.title ?? "") : null;
    const picture = show(share, itemOf(library, share, unsealed(share, name)));
    return { collection, by: share.fields.name ?? null, picture, total: 1, next: null };
  });
}

/**
 * The image of a picture of a link, or its thumbnail, without anything that was written into the file. `etag` stands for it under this
 * link alone. @throws as `openShared`; reading it also `too_many_requests`
 */
export function findSharedImage(token: string, name: string, { thumbnail }: { thumbnail: boolean }) {
  return withLibrary(async (library) => {
    const share = await find(library, token);
    const { manifest } = itemOf(library, share, unsealed(share, name));
    const { sha256: hash, type } = manifest.image;
    const etag = sha256(`${share.fields.seal}${thumbnail}${hash}`).slice(0, 32);
    const read = () => withLibrary((opened) => (thumbnail ? readThumbnail : readBare)(opened, manifest));
    return { type: thumbnail ? ("image/webp" as ImageType) : type, etag, read };
  });
}

async function find(library: Library, token: string): Promise<Document<"share">> {
  if (!/^[\w-]{32}$/.test(token)) throw new Failure("share_unknown");
  const { replica, catalog } = library;
  // What is known from earlier may have been ended since: to strangers that is never shown.
  if (!(await replica.untilScanned(patienceMs))) throw unknowable("the archive is still being read");
  const share = catalog.documents.shareOf(token);
  if (!share) throw replica.isSettled() ? new Failure("share_unknown") : unknowable("a link may be among what cannot be read");
  requireReadable(library, share.id);
  if (share.fields.removedAt || isExpired(share)) throw new Failure("share_ended");
  return share;
}

function collectionOf(library: Library, { owner, fields }: Document<"share">): Document<"collection"> {
  const { collection: id = "" } = fields;
  requireReadable(library, id);
  const collection = library.catalog.documents.find(owner, "collection", id);
  if (!collection || collection.fields.removedAt) throw new Failure("share_ended");
  return collection;
}

/** A picture that the link leads to: its own, or one that is in its collection now. */
function itemOf(library: Library, share: Document<"share">, id: string): ArchivedItem {
  requireReadable(library, id);
  const item = library.catalog.find(share.owner, id);
  const { picture } = share.fields;
  const isMeant = picture === undefined ? item?.marks.collections[collectionOf(library, share).id] : picture === id;
  if (!item || !isMeant || item.marks.trashedAt !== null) throw new Failure("share_ended");
  return item;
}

/** What is known of an id is not all there is of it as long as that cannot be read: it may have been ended. @throws Failure `storage_unavailable` */
function requireReadable({ replica }: Library, id: string): void {
  if (replica.isUnreadable(id)) throw unknowable("something of it cannot be read");
}

const unknowable = (why: string) => new Failure("storage_unavailable", { cause: new Error(why) });

// Also of a picture that has left the collection since.
const positionOf = (id: string) => ({ createdAt: Date.parse(timeOfId(id)), id });

function show(share: Document<"share">, { manifest, marks }: ArchivedItem): SharedPicture {
  const { width, height } = manifest.image;
  const words = share.fields.withWords ? { title: marks.title, prompt: manifest.prompt } : null;
  return { name: sealed(share, manifest.id), width, height, words };
}

const keyOf = ({ fields }: Document<"share">) => Buffer.from(fields.seal ?? "", "base64url");

// One block, never the same twice under one key: an id is encrypted as it is (AES-128).
function sealed(share: Document<"share">, id: string): string {
  const cipher = createCipheriv("aes-128-ecb", keyOf(share), null).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.from(id.replaceAll("-", ""), "hex")), cipher.final()]).toString("base64url");
}

/** @throws Failure `share_unknown` for what is no name of this link */
function unsealed(share: Document<"share">, name: string): string {
  const bytes = Buffer.from(name, "base64url");
  if (bytes.length !== 16 || bytes.toString("base64url") !== name) throw new Failure("share_unknown");
  const decipher = createDecipheriv("aes-128-ecb", keyOf(share), null).setAutoPadding(false);
  const hex = Buffer.concat([decipher.update(bytes), decipher.final()]).toString("hex");
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  // What is none decrypts to anything: one in sixty-four has the form of an id, and next to none of those a time that has been.
  if (!idPattern.test(id) || !isPast(timeOfId(id))) throw new Failure("share_unknown");
  return id;
}

const firstPicture = Date.UTC(2020);

function isPast(time: string): boolean {
  const ms = Date.parse(time);
  return ms > firstPicture && !isFarAhead(ms);
}
