/** The same change of many items at once. Each succeeds or fails for itself; what belongs to somebody else does not exist. */
import "server-only";
import { mapConcurrently } from "@/lib/gallery/concurrency";
import { eraseGeneration, listGenerations, markGeneration } from "@/lib/gallery/gallery";
import { limits } from "@/lib/gallery/generation";
import { withLibrary } from "@/lib/gallery/library";
import type { Listing } from "@/lib/gallery/listed";
import type { ManyMarks } from "@/lib/gallery/requests";
import { describeFailure, type Failure, type FailureCode, toFailure } from "@/lib/http/errors";

/** What became of each: the ids that were changed, and why the others were not. */
export type ManyResult = { done: string[]; failed: { id: string; code: FailureCode; message: string }[] };

const atOnce = 8;
const listedAtOnce = 200;

/** Marks many items alike, at most `limits.selection` of them. */
export function markMany(owner: string, ids: readonly string[], marks: ManyMarks): Promise<ManyResult> {
  return changeAll(Array.from(new Set(ids), (id) => ({ id, change: () => markGeneration(owner, id, marks) })));
}

/** Erases everything that was in the trash up to a moment, in milliseconds since 1970. @throws Failure `storage_unavailable` */
export async function emptyTrash(owner: string, before: number): Promise<ManyResult> {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listGenerations(owner, { trashed: true, limit: limits.largestPage, ...(cursor && { cursor }) });
    for (const { id, trashedAt } of page.items) if (trashedAt !== null && Date.parse(trashedAt) <= before) ids.push(id);
    cursor = page.nextCursor;
  }
  const changes: Change[] = [];
  for (let at = 0; at < ids.length; at += listedAtOnce) changes.push(...erasing(owner, ids.slice(at, at + listedAtOnce)));
  return changeAll(changes);
}

type Change = { id: string; change: () => Promise<unknown> };

// Listed together when it is the turn of the first: a listing for each would be slow, and one for thousands old before they are erased.
function erasing(owner: string, ids: readonly string[]): Change[] {
  let listing: Promise<Listing> | null = null;
  return ids.map((id) => {
    const change = async () => {
      listing ??= withLibrary(({ archive }) => archive.list(ids));
      return eraseGeneration(owner, id, await listing);
    };
    return { id, change };
  });
}

async function changeAll(changes: readonly Change[]): Promise<ManyResult> {
  const result: ManyResult = { done: [], failed: [] };
  // What storage refuses to one it refuses to all: the rest is not tried.
  let refusal: Failure | null = null;
  const outcomes = mapConcurrently(changes, atOnce, async ({ id, change }) => {
    if (refusal) return { id, failure: refusal };
    try {
      await change();
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
