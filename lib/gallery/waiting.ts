import { limits } from "@/lib/gallery/generation";
import { Failure } from "@/lib/http/errors";
import { processWide } from "@/lib/process-wide";

/**
 * Takes one of the places that a person has for pictures waiting or in the making; returns what gives it back, once.
 * @throws Failure `too_many_waiting`
 */
export function takePlace(owner: string): () => void {
  const taken = processWide("places-taken", () => new Map<string, number>());
  const before = taken.get(owner) ?? 0;
  if (before >= limits.waitingPerPerson) throw new Failure("too_many_waiting");
  taken.set(owner, before + 1);
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    const left = (taken.get(owner) ?? 1) - 1;
    if (left > 0) taken.set(owner, left);
    else taken.delete(owner);
  };
}
