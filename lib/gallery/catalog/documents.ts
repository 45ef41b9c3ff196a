/** Documents in the catalog. What was erased is taken out by the database itself, see the schema. */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { type Document, type Kind, madeOf } from "@/lib/gallery/document";
import { accountKey } from "@/lib/gallery/layout";
import type { Tally } from "@/lib/gallery/tally";

export type Documents = {
  /** Records a document. One that was erased, or of which as much is known (see `isAsFar`), stays as it is. */
  put(document: Document): void;
  /** How far the edits of a document are known; null when it is not. */
  editsOf(id: string): Tally | null;
  find<K extends Kind>(owner: string, kind: K, id: string): Document<K> | null;
  /** All of a kind that a person has. */
  list<K extends Kind>(owner: string, kind: K): Document<K>[];
  all(): Iterable<Document>;
  /** Some of what was removed or ran out before a moment, in milliseconds since 1970, whoever had it. */
  endedBefore(moment: number, most: number): Document[];
  /** The link with a secret in its address, whoever made it. */
  shareOf(token: string): Document<"share"> | null;
  /** Whether a person has a collection that is not removed. */
  isCollection(owner: string, id: string): boolean;
  /** How many pictures each of a person's collections holds, without what is in the trash. */
  countMembers(owner: string): ReadonlyMap<string, number>;
  /** Ids of the newest pictures in a collection that are not in the trash. */
  newestMembers(owner: string, collection: string, most: number): string[];
};

export function openDocuments(database: DatabaseSync): Documents {
  const insert = database.prepare(`
    INSERT INTO documents SELECT :owner, :kind, :id, :account, :createdAt, :fields, :count, :newest
      WHERE NOT EXISTS (SELECT 1 FROM erased WHERE id = :id)
        AND NOT EXISTS (SELECT 1 FROM erased_accounts WHERE account = :account AND before >= :createdAt)
      ON CONFLICT (owner, kind, id) DO UPDATE SET fields = excluded.fields, edit_count = excluded.edit_count,
        newest_edit = excluded.newest_edit
        WHERE (excluded.edit_count, excluded.newest_edit) > (documents.edit_count, documents.newest_edit)`);
  const changed = database.prepare("UPDATE progress SET changes = changes + 1");
  const known = database.prepare("SELECT edit_count AS count, newest_edit AS newest FROM documents WHERE id = ? ORDER BY edit_count DESC");
  const one = database.prepare("SELECT * FROM documents WHERE owner = ? AND kind = ? AND id = ?");
  const ofPerson = database.prepare("SELECT * FROM documents WHERE owner = ? AND kind = ?");
  const ended = database.prepare("SELECT * FROM documents WHERE coalesce(fields ->> 'removedAt', fields ->> 'expiresAt') < ? LIMIT ?");
  const share = database.prepare("SELECT * FROM documents WHERE kind = 'share' AND fields ->> 'token' = ?");
  const present = database.prepare(
    "SELECT 1 FROM documents WHERE owner = ? AND kind = 'collection' AND id = ? AND fields ->> 'removedAt' IS NULL",
  );
  const counts = database.prepare("SELECT collection, count(*) AS members FROM members WHERE owner = ? GROUP BY collection");
  const newest = database.prepare(
    "SELECT items.id FROM members JOIN items USING (key) WHERE members.owner = ? AND collection = ? ORDER BY members.key DESC LIMIT ?",
  );

  return {
    put(document) {
      const { owner, kind, id, fields, count, newest: newestEdit } = document;
      const row = { owner, kind, id, fields: JSON.stringify(fields), count, newest: newestEdit };
      const createdAt = Date.parse(madeOf(document).createdAt);
      if (insert.run({ ...row, account: accountKey(owner), createdAt }).changes > 0) changed.run();
    },
    editsOf: (id) => (known.get(id) as Tally | undefined) ?? null,
    find<K extends Kind>(owner: string, kind: K, id: string) {
      const row = one.get(owner, kind, id);
      return row ? documentOf<K>(row) : null;
    },
    list: <K extends Kind>(owner: string, kind: K) => ofPerson.all(owner, kind).map((row) => documentOf<K>(row)),
    *all() {
      for (const row of database.prepare("SELECT * FROM documents").all()) yield documentOf(row);
    },
    endedBefore: (moment, most) => ended.all(new Date(moment).toISOString(), most).map((row) => documentOf(row)),
    shareOf(token) {
      const row = share.get(token);
      return row ? documentOf<"share">(row) : null;
    },
    isCollection: (owner, id) => present.get(owner, id) !== undefined,
    countMembers: (owner) => new Map(counts.all(owner).map((row) => [row.collection as string, row.members as number])),
    newestMembers: (owner, collection, most) => newest.all(owner, collection, most).map(({ id }) => id as string),
  };
}

// The database is ours alone: what was written as a document of a kind is one.
function documentOf<K extends Kind>(row: Record<string, SQLOutputValue>): Document<K> {
  return {
    kind: row.kind as K,
    id: row.id as string,
    owner: row.owner as string,
    fields: JSON.parse(row.fields as string) as Document<K>["fields"],
    count: row.edit_count as number,
    newest: row.newest_edit as number,
  };
}
