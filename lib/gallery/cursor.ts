import { idPattern } from "@/lib/gallery/generation";
import { sha256 } from "@/lib/gallery/sealed-json";
import { Failure } from "@/lib/http/errors";

/** Where a page ended: the place of its last item in the order of the gallery. `createdAt` in milliseconds since 1970. */
export type Position = { createdAt: number; id: string };

/** An opaque text for a position in one person's gallery. */
export function writeCursor(owner: string, { createdAt, id }: Position): string {
  const place = `${createdAt}.${id}`;
  return Buffer.from(`${place}.${checkOf(owner, place)}`).toString("base64url");
}

/** @throws Failure `cursor_invalid` when it is not whole, or belongs to somebody else's gallery */
export function readCursor(owner: string, cursor: string): Position {
  const [, createdAt = "", id = "", check] = /^(\d{1,15})\.([0-9a-f-]{36})\.([0-9a-f]{16})$/.exec(textOf(cursor)) ?? [];
  if (!idPattern.test(id) || check !== checkOf(owner, `${createdAt}.${id}`)) throw new Failure("cursor_invalid");
  return { createdAt: Number(createdAt), id };
}

function textOf(cursor: string): string {
  return cursor.length <= 200 ? Buffer.from(cursor, "base64url").toString("latin1") : "";
}

// Against mix-ups, not against forgery: a position that somebody made up shows them nothing but their own gallery.
function checkOf(owner: string, place: string): string {
  return sha256(`${owner}\n${place}`).slice(0, 16);
}
