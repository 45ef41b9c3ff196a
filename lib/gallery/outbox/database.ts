import { mkdirSync, renameSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * What brings an older database to the form of today, in order; how many were applied is its `user_version`. Unlike the catalog it holds
 * what lies nowhere else, so it is never made anew: an entry that was released is not changed, another one is added.
 */
const migrations = [
  `CREATE TABLE objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    archive TEXT NOT NULL,
    name TEXT NOT NULL,
    thing TEXT NOT NULL,
    bytes BLOB,
    file TEXT,
    stored_at INTEGER NOT NULL,
    UNIQUE (archive, name),
    CHECK ((bytes IS NULL) <> (file IS NULL))
  ) STRICT;
  CREATE INDEX objects_of_things ON objects (archive, thing, seq);`,
  `CREATE TABLE accepted_jobs (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    request TEXT NOT NULL,
    ticket TEXT NOT NULL,
    accepted_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX accepted_jobs_of_owners ON accepted_jobs (owner, accepted_at);`,
] as const;

/**
 * Opens `outbox.sqlite` in a folder on local disk. A transaction that has ended is durable. One that is damaged beyond opening is set
 * aside under another name, for people to look at.
 * @throws Error of node:sqlite or node:fs when the folder cannot be used, or the database was made by a later version
 */
export function openOutboxDatabase(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "outbox.sqlite");
  try {
    return connect(file);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    const aside = `${file}.damaged-${Date.now()}`;
    renameSync(file, aside);
    for (const suffix of ["-wal", "-shm"]) renameIfThere(file + suffix, aside + suffix);
    console.error(`outbox: the database was damaged and is set aside as ${path.basename(aside)}`, error);
    return connect(file);
  }
}

function connect(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;");
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

// The version is read within the transaction: of two processes that begin at once, the second finds everything done.
function migrate(database: DatabaseSync): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    const version = Number(database.prepare("PRAGMA user_version").get()?.user_version);
    if (version > migrations.length) throw new Error("outbox.sqlite was made by a later version of Keepsake; update this one");
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`);
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

// SQLITE_CORRUPT and SQLITE_NOTADB.
function isDamaged(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return errcode !== undefined && [11, 26].includes(errcode & 0xff);
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
