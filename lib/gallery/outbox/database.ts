import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
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

/** Where large bytes wait, beside the database. */
export const bytesFolderIn = (folder: string) => path.join(folder, "outbox");

/**
 * Opens `outbox.sqlite` in a folder on local disk. A transaction that has ended is durable. One that is damaged beyond opening is set
 * aside under another name, for people to look at; and so are files that wait beside a database which is new and does not know them.
 * @throws Error of node:sqlite or node:fs when the folder cannot be used, or the database was made by a later version
 */
export function openOutboxDatabase(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true });
  const file = fileIn(folder);
  try {
    return connect(folder);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    const aside = `${file}.damaged-${Date.now()}`;
    renameSync(file, aside);
    for (const suffix of ["-wal", "-shm"]) renameIfThere(file + suffix, aside + suffix);
    console.error(`outbox: the database was damaged and is set aside as ${path.basename(aside)}`, error);
    return connect(folder);
  }
}

const fileIn = (folder: string) => path.join(folder, "outbox.sqlite");

function connect(folder: string): DatabaseSync {
  const database = new DatabaseSync(fileIn(folder), { timeout: 5000 });
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;");
    migrate(database, () => setBytesAside(bytesFolderIn(folder)));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

// The version is read within the transaction: of two processes that begin at once, the second finds everything done.
function migrate(database: DatabaseSync, onNew: () => void): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    const version = Number(database.prepare("PRAGMA user_version").get()?.user_version);
    if (version > migrations.length) throw new Error("outbox.sqlite was made by a later version of Keepsake; update this one");
    if (version === 0) onNew();
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`);
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

// They would be taken for strays: what was promised to people lies in them, and nowhere else.
function setBytesAside(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  const aside = `${folder}.damaged-${Date.now()}`;
  renameSync(folder, aside);
  console.error(`outbox: files waited that no database knows; they are set aside as ${path.basename(aside)}`);
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
