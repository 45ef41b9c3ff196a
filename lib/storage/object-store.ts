/**
 * Where bytes lie. Objects are immutable: a name is published once, read any number of times, and at most removed.
 * One contract suite (tests/contract/object-store.ts) runs on every implementation.
 *
 * A name is one or more segments of `[A-Za-z0-9][A-Za-z0-9._-]*` joined by `/`, at most 200 characters, and does not begin
 * with `tmp/`, where a store may keep work of its own; anything else is refused with a RangeError before storage is touched, so that nothing from outside can ever build a path.
 */
export type ObjectStore = {
  /**
   * Publishes bytes under a new name; resolves when they are durable. Publishing the same bytes again succeeds.
   * @throws ObjectCollision when the name holds other bytes
   * @throws StorageFailure when storage refuses or does not answer; nothing, or the whole object, is visible then
   */
  publish(name: string, bytes: Uint8Array): Promise<void>;
  /**
   * The bytes of an object, or null when there is none.
   * @throws StorageFailure when storage cannot tell (never read as "there is none")
   */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /**
   * All names that begin with a folder prefix ending in `/`, in no particular order.
   * @throws StorageFailure when the listing could not be completed
   */
  list(prefix: string): AsyncIterable<string>;
  /**
   * Removes an object; removing what is not there succeeds.
   * @throws StorageFailure when storage refuses
   */
  remove(name: string): Promise<void>;
  /**
   * True when nothing lies there at all, whoever may have put it there: only then may the place be made ours.
   * @throws StorageFailure when storage cannot tell
   */
  isEmpty(): Promise<boolean>;
};

/** A name that is already taken by other bytes. */
export class ObjectCollision extends Error {
  constructor(name: string) {
    super(`${name} already holds other bytes`);
    this.name = "ObjectCollision";
  }
}

/** Storage refused or did not answer; `cause` is the system's own error. */
export class StorageFailure extends Error {
  /** True when there is no room left (ENOSPC, EDQUOT). */
  readonly full: boolean;
  /** True when it was not the store, but the local disk that things wait on. */
  readonly local: boolean;

  constructor(message: string, options: { cause: unknown; local?: boolean }) {
    super(message, options);
    this.name = "StorageFailure";
    this.local = options.local ?? false;
    const code = (options.cause as NodeJS.ErrnoException | null)?.code;
    this.full = code === "ENOSPC" || code === "EDQUOT";
  }

  // Next.js may load this module more than once in one process, while a store that was opened by one copy serves them all.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "StorageFailure";
  }
}

const namePattern = /^(?=.{1,200}$)(?!tmp(?:\/|$))[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

/**
 * Returns the name when it is one that a store accepts.
 * @throws RangeError otherwise
 */
export function checkedName(name: string): string {
  if (!isName(name)) throw new RangeError("not an object name");
  return name;
}

/**
 * Returns the prefix when a store can list it: the name of a folder and `/`.
 * @throws RangeError otherwise
 */
export function checkedPrefix(prefix: string): string {
  if (!prefix.endsWith("/")) throw new RangeError("not a folder prefix");
  checkedName(prefix.slice(0, -1));
  return prefix;
}

/** True for a name that a store accepts: what else lies in a place was put there by others. */
export function isName(name: string): boolean {
  return namePattern.test(name);
}
