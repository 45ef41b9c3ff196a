/**
 * Documents: what a person keeps beside pictures. Each is the sum of its edits; an edit is an object of its own that holds the changed
 * fields only, and of two that hold the same field the one with the greater stamp counts, on every replica alike.
 */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { idPattern } from "@/lib/gallery/generation";
import { timeOfId } from "@/lib/gallery/id";
import { seal, sha256, unseal } from "@/lib/gallery/sealed-json";

const time = z.iso.datetime({ precision: 3 });

const about = {
  version: z.literal(1),
  /** UUIDv7: tells when the document was begun. */
  id: z.string().regex(idPattern),
  /** The provider's `sub`. */
  owner: z.string().min(1).max(255),
  /** `<ms>-<rand>`, as of marks. */
  stamp: z.string().regex(/^\d{13}-[0-9a-f]{8}$/),
};

const editSchema = z.discriminatedUnion("kind", [
  z.object({
    ...about,
    kind: z.literal("collection"),
    /** `place` tells the order of a person's collections. */
    fields: z.object({ title: z.string().optional(), place: z.number().optional(), removedAt: time.nullable().optional() }),
  }),
  z.object({
    ...about,
    kind: z.literal("share"),
    /** A link to a picture or a collection; `removedAt` is when it was revoked. */
    fields: z.object({
      /** The secret in the address: 192 bits. */
      token: z.base64url().length(32).optional(),
      /** Key of the names that pictures have under the link; never shown. 128 bits. */
      seal: z.base64url().length(22).optional(),
      picture: z.string().regex(idPattern).optional(),
      collection: z.string().regex(idPattern).optional(),
      withWords: z.boolean().optional(),
      /** The user name that is shown. */
      name: z.string().nullable().optional(),
      expiresAt: time.nullable().optional(),
      removedAt: time.nullable().optional(),
    }),
  }),
]);

type Edit = z.output<typeof editSchema>;
export type Kind = Edit["kind"];
export type FieldsOf<K extends Kind> = Extract<Edit, { kind: K }>["fields"];

/** All edits of a document taken together. `count` and `newest` (milliseconds) tell one state from another. */
export type Document<K extends Kind = Kind> = {
  [One in K]: { kind: One; id: string; owner: string; fields: FieldsOf<One>; count: number; newest: number };
}[K];

/** What makes anything somebody's: everything that is kept has an owner and a time when it was made. */
export type Made = { owner: string; createdAt: string };

export const madeOf = ({ owner, id }: { owner: string; id: string }): Made => ({ owner, createdAt: timeOfId(id) });

/** A document before its first edit. */
export function blank<K extends Kind>(kind: K, owner: string, id: string): Document<K> {
  return { kind, id, owner, fields: {}, count: 0, newest: 0 };
}

/** The stamp of the edit that begins a document: known from the id, so that one read tells whether there is such a document, and whose. */
export function firstStamp(id: string): string {
  return `${Date.parse(timeOfId(id))}-${sha256(id).slice(0, 8)}`;
}

/** A stamp greater than any of the edits seen so far, whatever the clock says: a change that is made later must win. */
export function newEditStamp({ id, count, newest }: Document): string {
  return count === 0 ? firstStamp(id) : `${Math.max(Date.now(), newest + 1)}-${randomBytes(4).toString("hex")}`;
}

/** An edit as it lies in storage. */
export function writeEdit(
  { kind, id, owner }: Pick<Document, "kind" | "id" | "owner">,
  stamp: string,
  fields: Document["fields"],
): Uint8Array {
  return seal(editSchema.parse({ version: 1, kind, id, owner, stamp, fields }));
}

/** The edit of an id and stamp, or null when the bytes do not verify as exactly that. */
export function readEdit(id: string, stamp: string, bytes: Uint8Array): Edit | null {
  const parsed = editSchema.safeParse(unseal(bytes));
  return parsed.success && parsed.data.id === id && parsed.data.stamp === stamp ? parsed.data : null;
}

/** A document with an edit that is newer than those it has. */
export function withEdit<K extends Kind>(before: Document<K>, stamp: string, fields: Document<K>["fields"]): Document<K> {
  const { count, fields: known } = before;
  return { ...before, fields: { ...known, ...fields }, count: count + 1, newest: Number.parseInt(stamp, 10) };
}
