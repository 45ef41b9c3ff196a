/** Items that are hidden because they did not verify: counted, looked at again ever more rarely, never forgotten. Times in ms since 1970. */
import type { DatabaseSync } from "node:sqlite";

const retryAfterMs = [60_000, 600_000, 3_600_000] as const;

/** The part of a database that remembers them. The caller sees to transactions. */
export function openQuarantine(database: DatabaseSync) {
  const find = database.prepare("SELECT attempts, next_at FROM quarantined WHERE id = ?");
  const put = database.prepare(
    "INSERT INTO quarantined VALUES (?, 1, ?) ON CONFLICT DO UPDATE SET attempts = attempts + 1, next_at = excluded.next_at",
  );
  const remove = database.prepare("DELETE FROM quarantined WHERE id = ?");
  const countAll = database.prepare("SELECT count(*) AS count FROM quarantined");
  return {
    /** When it is worth another look, or null when it is not in quarantine. */
    nextLook: (id: string) => (find.get(id)?.next_at as number | undefined) ?? null,
    add(id: string, now: number): void {
      const attempts = (find.get(id)?.attempts as number | undefined) ?? 0;
      put.run(id, now + (retryAfterMs[attempts] ?? retryAfterMs[2]));
    },
    remove: (id: string): void => void remove.run(id),
    count: () => countAll.get()?.count as number,
  };
}
