import { StorageFailure } from "@/lib/storage/object-store";

/** Does work with the outbox. @throws StorageFailure that says that it was the local disk */
export async function onLocalDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new StorageFailure("the outbox could not be used", { cause: fullDisk(cause) ?? cause, local: true });
  }
}

// SQLite says in words of its own that a disk is full (SQLITE_FULL).
function fullDisk(error: unknown): Error | null {
  const isFull = (error as { errcode?: number }).errcode === 13;
  return isFull ? Object.assign(new Error("database or disk is full", { cause: error }), { code: "ENOSPC" }) : null;
}
