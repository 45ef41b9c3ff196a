import { processWide } from "@/lib/process-wide";

/** Maps as many at a time as `width` allows; results come in the order of their sources. The first error ends it. */
export async function* mapConcurrently<T, R>(
  sources: AsyncIterable<T> | Iterable<T>,
  width: number,
  map: (source: T) => Promise<R>,
): AsyncIterable<R> {
  const line: Promise<R>[] = [];
  for await (const source of sources) {
    const result = map(source);
    // It is awaited when its turn comes; until then a failure must not count as unhandled.
    result.catch(() => {});
    line.push(result);
    if (line.length >= width) yield await (line.shift() as Promise<R>);
  }
  for (const result of line) yield await result;
}

/** The turns of items, on this process: none is changed on a state that another change is about to replace. */
export const itemTurns = () => processWide("item-turns", (): Turns => new Map());

export type Turns = Map<string, Promise<unknown>>;

/** Runs work on one thing strictly after all earlier work on the same thing. */
export async function inTurn<T>(turns: Turns, key: string, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(key) ?? Promise.resolve()).then(work, work);
  turns.set(key, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(key) === turn) turns.delete(key);
  }
}
