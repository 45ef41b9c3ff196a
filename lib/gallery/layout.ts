/** What lies in the archive under which name. */
import { type ImageType, imageTypes } from "@/lib/gallery/generation";
import { sha256 } from "@/lib/gallery/sealed-json";

export const markerName = "keepsake.json";
export const tombstones = "t/";
export const revocations = "r/";
export const quarantine = "quarantine/";
export const snapshots = "s/";
export const items = "o/";

/**
 * The 64 folders that share the items among them: few enough for a mounted bucket, which lists every folder it knows again whenever
 * anything changes, and enough to keep each listing short.
 */
export const shards: readonly string[] = Array.from({ length: 64 }, (_, n) => shardName(n));

/** The folder of an id: the first six bits of its SHA-256. */
export function shardOf(id: string): string {
  return shardName(Number.parseInt(sha256(id).slice(0, 2), 16) >> 2);
}

function shardName(n: number): string {
  return `${items}${n.toString(16).padStart(2, "0")}/`;
}

export const imageName = (id: string, type: ImageType) => `${shardOf(id)}${id}.${imageTypes[type]}`;
export const thumbnailName = (id: string) => `${shardOf(id)}${id}.thumb.webp`;
export const manifestName = (id: string) => `${shardOf(id)}${id}.json`;
export const markName = (id: string, stamp: string) => `${shardOf(id)}${id}.${stamp}.mark.json`;
/** A change of a document, such as a collection: what lies beside pictures and is not one. */
export const editName = (id: string, stamp: string) => `${shardOf(id)}${id}.${stamp}.edit.json`;
/** How the names of everything begin that belongs to an item or a document, apart from its tombstone. */
export const itemPrefix = (id: string) => `${shardOf(id)}${id}.`;
export const tombstoneName = (id: string) => `${tombstones}${id}.json`;

/** `hash` is the SHA-256 of a session's id, in hexadecimal. */
export const revocationName = (hash: string) => `${revocations}${hash}.json`;

/** `takenAt` in milliseconds since 1970: thirteen digits until the year 2286, so that names sort by time. */
export const snapshotName = (takenAt: number) => `${snapshots}${takenAt}.ndjson.gz`;

/** When a snapshot was taken; null for other names. */
export function parseSnapshotName(name: string): number | null {
  const [, takenAt] = /^s\/(\d{13})\.ndjson\.gz$/.exec(name) ?? [];
  return takenAt ? Number(takenAt) : null;
}

/** How a name tells a person: by the id when that fits, else by its SHA-256, with a dash that no fitting id has. */
export function accountKey(owner: string): string {
  return /^[A-Za-z0-9]{1,64}$/.test(owner) ? owner : `sha256-${sha256(owner)}`;
}

/** Says that everything of a person that was made up to a moment, in milliseconds since 1970, was erased. */
export const accountTombstoneName = ({ account, before }: ErasedAccount) => `${accountTombstones(account)}${before}.json`;

/** How the names of all such tombstones of an account begin. */
export const accountTombstones = (account: string) => `${tombstones}account.${account}.`;

export type ErasedAccount = { account: string; before: number };

/** The account that a tombstone is for; null for other names. */
export function parseAccountTombstone(name: string): ErasedAccount | null {
  const [, account, before] = /^t\/account\.([A-Za-z0-9-]{1,80})\.(\d{13})\.json$/.exec(name) ?? [];
  return account ? { account, before: Number(before) } : null;
}

export type ItemName = { id: string; kind: "manifest" } | { id: string; kind: "mark" | "edit"; stamp: string };

const itemPattern = /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.(\d{13}-[0-9a-f]{8})\.(mark|edit))?\.json$/;

/** What a name in a shard stands for, when it is that of a manifest, a mark or an edit. */
export function parseItemName(name: string): ItemName | null {
  const [, id, stamp, kind] = itemPattern.exec(name) ?? [];
  if (!id) return null;
  return stamp ? { id, kind: kind as "mark" | "edit", stamp } : { id, kind: "manifest" };
}

/** The id that a tombstone is for; null for other names, such as that of a whole account. */
export function parseTombstoneName(name: string): string | null {
  return /^t\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.json$/.exec(name)?.[1] ?? null;
}

/** The hash that a revocation is for; null for other names. */
export function parseRevocationName(name: string): string | null {
  return /^r\/([0-9a-f]{64})\.json$/.exec(name)?.[1] ?? null;
}

export type ObjectName = ItemName | { id: string; kind: "image"; type: ImageType } | { id: string; kind: "thumbnail" };

const typesByEnding = new Map(Object.entries(imageTypes).map(([type, ending]) => [ending as string, type as ImageType]));

/** What any name in a shard stands for; null for what is not ours. */
export function parseObjectName(name: string): ObjectName | null {
  const item = parseItemName(name);
  if (item) return item;
  const [, id, ending = ""] = /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(png|jpg|webp|thumb\.webp)$/.exec(name) ?? [];
  if (!id) return null;
  const type = typesByEnding.get(ending);
  return type ? { id, kind: "image", type } : { id, kind: "thumbnail" };
}

/** What an object belongs to: the id of its item or document, also for a tombstone of that; else its own name. */
export function thingOf(name: string): string {
  return parseObjectName(name)?.id ?? name;
}
