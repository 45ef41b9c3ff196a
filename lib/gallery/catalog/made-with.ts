import type { DatabaseSync } from "node:sqlite";

/** A generator, and the model of it where there is one. */
export type Maker = { generator: string; model: string | null };

/** As the table has it: `model` is empty where there is none. */
type Row = { generator: string; model: string };

/** What the pictures of a person were made with. It leaps from each generator and model to the next, however many pictures each has made. */
export function openMadeWith(database: DatabaseSync) {
  const made = "SELECT generator, model FROM items INDEXED BY made_items WHERE owner = ? AND trashed_at IS NULL";
  // One comparison of both would read all pictures of a generator.
  const nextModel = database.prepare(`${made} AND generator = ? AND model > ? ORDER BY model LIMIT 1`);
  const nextGenerator = database.prepare(`${made} AND generator > ? ORDER BY generator, model LIMIT 1`);
  const after = (owner: string, { generator, model }: Row) =>
    (nextModel.get(owner, generator, model) ?? nextGenerator.get(owner, generator)) as Row | undefined;
  return (owner: string): Maker[] => {
    const found: Maker[] = [];
    for (let last = after(owner, { generator: "", model: "" }); last; last = after(owner, last)) {
      found.push({ generator: last.generator, model: last.model || null });
    }
    return found;
  };
}
