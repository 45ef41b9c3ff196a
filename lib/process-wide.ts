/**
 * Next.js bundles pages and route handlers apart, so a module's own variables can exist more than once in one process.
 * What must be single (a database handle, a pool of threads, a line of waiting work) is kept here.
 */
const kept = globalThis as unknown as { [key: symbol]: unknown };

/** The one value of this name in the process, made on first use. `name` is ours, never from outside. */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`keepsake.${name}`);
  if (!(key in kept)) kept[key] = make();
  return kept[key] as T;
}
