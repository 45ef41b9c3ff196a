/** The same change of many items at once. Each succeeds or fails for itself; what belongs to somebody else does not exist. */
import "server-only";
import { mapConcurrently } from "@/lib/gallery/concurrency";
import { eraseGeneration, listGenerations, markGeneration } from "@/lib/gallery/gallery";
import { limits } from "@/lib/gallery/generation";
import type { ManyMarks } from "@/lib/gallery/requests";
import { describeFailure, type Failure, type FailureCode, toFailure } from "@/lib/http/errors";

/** What became of each: the ids that were changed, and why the others were not. */
export type ManyResult = { done: string[]; failed: { id: string; code: FailureCode; message: string }[] };

const atOnce = 8;

/** Marks many items alike, at most `limits.selection` of them. */
export function markMany(owner: string, ids: readonly string[], marks: ManyMarks): Promise<ManyResult> {
  return forEach(new Set(ids), (id) => markGeneration(owner, id, marks));
}

/** Erases everything that was in the trash up to a moment, in milliseconds since 1970. @throws Failure `storage_unavailable` */
export async function emptyTrash(owner: string, before: number): Promise<ManyResult> {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listGenerations(owner, { trashed: true, limit: limits.largestPage, ...(cursor && { cursor }) });
    for (const { id, trashedAt } of page.items) if (trashedAt !== null && Date.parse(trashedAt) <= before) ids.push(id);
    cursor = page.nextCursor;
  }
  return forEach(ids, (id) => eraseGeneration(owner, id));
}

async function forEach(ids: Iterable<string>, change: (id: string) => Promise<unknown>): Promise<ManyResult> {
  const result: ManyResult = { done: [], failed: [] };
  // What storage refuses to one it refuses to all: the rest is not tried.
  let refusal: Failure | null = null;
  const outcomes = mapConcurrently(ids, atOnce, async (id) => {
    if (refusal) return { id, failure: refusal };
    try {
      await change(id);
      return { id, failure: null };
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code === "storage_full" || failure.code === "storage_unavailable") refusal = failure;
      return { id, failure };
    }
  });
  for await (const { id, failure } of outcomes) {
    if (failure) result.failed.push({ id, code: failure.code, message: describeFailure(failure.code).message });
    else result.done.push(id);
  }
  return result;
}
