/**
 * The outbox: what was promised here and is not yet durable in the archive. It lies on local disk, in `outbox.sqlite` and in files beside
 * it, and survives a restart. Everything that must reach the archive passes through it, see `throughOutbox`.
 */
import type { DatabaseSync } from "node:sqlite";
import { openBytesFolder } from "@/lib/gallery/outbox/bytes";

export type NamedBytes = { name: string; bytes: Uint8Array };

/** An object that waits. Objects of one thing, such as all those of one item, are published one after another. */
export type WaitingObject = { seq: number; name: string; thing: string; storedAt: number };

export type Outbox = {
  /**
   * Takes objects in, all or none; resolves when they would survive a restart. One that waits already is not taken twice.
   * Resolves with false when a name waits with other bytes; nothing is taken then.
   */
  put(objects: readonly NamedBytes[]): Promise<boolean>;
  has(name: string): boolean;
  /** The bytes of what waits; null when nothing of that name does. @throws Error of node:fs, or when they are gone although it waits */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Names of what waits that begin so. */
  names(prefix: string): string[];
  /** Things of which something waits, those that have waited longest first. */
  things(): string[];
  /** What waits of one thing, in the order in which it came. */
  waitingOf(thing: string): WaitingObject[];
  /** Takes objects out: they are published, or not wanted any more. */
  remove(names: readonly string[]): void;
  /** Resolves as soon as nothing of these names waits any more: with true, or with false after so many milliseconds. */
  untilGone(names: readonly string[], withinMs: number): Promise<boolean>;
  /** How many objects wait, and when the oldest came, in milliseconds since 1970. */
  size(): { count: number; oldest: number | null };
};

/** What is larger than this many bytes waits in a file. */
const largestRow = 64 * 1024;

/**
 * The outbox of one archive. Others may share the database: what belongs to another archive is neither shown nor published here.
 * @param folder where files are kept, on the same disk as the database
 * @param thingOf says to which thing an object belongs
 */
export function openOutbox(
  database: DatabaseSync,
  { folder, archive, thingOf }: { folder: string; archive: string; thingOf: (name: string) => string },
): Outbox {
  const files = openBytesFolder(folder);
  const watchers = new Set<() => void>();
  const insert = database.prepare("INSERT INTO objects (archive, name, thing, bytes, file, stored_at) VALUES (?, ?, ?, ?, ?, ?)");
  const one = database.prepare("SELECT bytes, file FROM objects WHERE archive = ? AND name = ?");
  const names = database.prepare("SELECT name FROM objects WHERE archive = ? AND name >= ? AND name < ?");
  const things = database.prepare("SELECT thing FROM objects WHERE archive = ? GROUP BY thing ORDER BY min(seq) LIMIT 1000");
  const ofThing = database.prepare(
    "SELECT seq, name, thing, stored_at AS storedAt FROM objects WHERE archive = ? AND thing = ? ORDER BY seq",
  );
  const remove = database.prepare("DELETE FROM objects WHERE archive = ? AND name = ? RETURNING file");
  const size = database.prepare("SELECT count(*) AS count, min(stored_at) AS oldest FROM objects WHERE archive = ?");
  const anywhere = database.prepare("SELECT 1 FROM objects WHERE file = ?");

  const has = (name: string) => one.get(archive, name) !== undefined;
  const inTransaction = <T>(work: () => T): T => {
    database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      database.exec("COMMIT");
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  };
  const read = async (name: string) => {
    const row = one.get(archive, name);
    if (!row) return null;
    if (row.file === null) return Uint8Array.from(row.bytes as Uint8Array);
    const bytes = await files.read(row.file as string);
    // Its file goes after its row: one that was taken out meanwhile is not there any more.
    if (bytes || !has(name)) return bytes;
    throw new Error(`${name} waits in the file ${row.file}, which is gone`);
  };
  files.removeStrays((file) => anywhere.get(file) !== undefined).catch(() => undefined);

  return {
    async put(objects) {
      const fresh: NamedBytes[] = [];
      for (const object of objects) {
        const there = await read(object.name);
        if (!there) fresh.push(object);
        else if (Buffer.compare(there, object.bytes) !== 0) return false;
      }
      const rows = await Promise.all(
        fresh.map(async ({ name, bytes }) => ({ name, bytes, file: bytes.length > largestRow ? await files.write(bytes) : null })),
      );
      try {
        inTransaction(() => {
          for (const { name, bytes, file } of rows) {
            insert.run(archive, name, thingOf(name), file === null ? bytes : null, file, Date.now());
          }
        });
      } catch (error) {
        for (const { file } of rows) if (file !== null) files.remove(file);
        if (isTaken(error)) return false;
        throw error;
      }
      return true;
    },
    has,
    read,
    names: (prefix) => names.all(archive, prefix, `${prefix}\uffff`).map((row) => row.name as string),
    things: () => things.all(archive).map((row) => row.thing as string),
    waitingOf: (thing) => ofThing.all(archive, thing) as WaitingObject[],
    remove(gone) {
      const left = inTransaction(() => gone.flatMap((name) => remove.all(archive, name)));
      for (const { file } of left) if (file !== null) files.remove(file as string);
      for (const watch of watchers) watch();
    },
    untilGone(awaited, withinMs) {
      const isGone = () => !awaited.some(has);
      if (isGone()) return Promise.resolve(true);
      return new Promise((resolve) => {
        const settle = (gone: boolean) => {
          watchers.delete(watch);
          clearTimeout(timer);
          resolve(gone);
        };
        const watch = () => isGone() && settle(true);
        const timer = setTimeout(() => settle(isGone()), withinMs);
        watchers.add(watch);
      });
    },
    size: () => size.get(archive) as { count: number; oldest: number | null },
  };
}

// SQLITE_CONSTRAINT_UNIQUE: somebody else took the name in the meantime.
function isTaken(error: unknown): boolean {
  return (error as { errcode?: number }).errcode === 2067;
}
