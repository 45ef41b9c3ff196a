import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { schema, schemaVersion } from "@/lib/gallery/catalog/schema";

/**
 * Opens the database in a folder on local disk. One that is missing, damaged or of another version is replaced by an empty one, which
 * still remembers which archive it belonged to, if that could be read.
 * @throws Error of node:sqlite or node:fs when the folder cannot be used at all
 */
export function openDatabase(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "catalog.sqlite");
  const { database, archive } = openExisting(file);
  if (database) return database;
  for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
  const fresh = connect(file);
  fresh.exec(`BEGIN; ${schema} COMMIT;`);
  if (archive !== null) fresh.prepare("INSERT INTO archive VALUES (?)").run(archive);
  return fresh;
}

function openExisting(file: string): { database: DatabaseSync | null; archive: string | null } {
  let database: DatabaseSync | undefined;
  let archive: string | null = null;
  try {
    database = connect(file);
    beginIfNew(database);
    const version = versionOf(database);
    archive = (database.prepare("SELECT id FROM archive").get()?.id as string | undefined) ?? null;
    const check = database.prepare("PRAGMA quick_check(1)").get()?.quick_check;
    if (version === schemaVersion && check === "ok") return { database, archive };
  } catch (error) {
    // One that another process is busy with is not wrong. Whatever else is, it can be made anew.
    if ((error as { errcode?: number }).errcode === busy) {
      if (database?.isOpen) database.close();
      throw error;
    }
  }
  if (database?.isOpen) database.close();
  return { database: null, archive };
}

/** SQLITE_BUSY */
const busy = 5;

// Of two processes that open a folder for the first time, one begins the database, and the other finds it.
function beginIfNew(database: DatabaseSync): void {
  if (versionOf(database) !== 0) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    if (versionOf(database) === 0) database.exec(schema);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

const versionOf = (database: DatabaseSync) => Number(database.prepare("PRAGMA user_version").get()?.user_version);

// NORMAL may lose the last transactions when the power fails; the archive still has them, and each start catches up with it.
function connect(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF;");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
