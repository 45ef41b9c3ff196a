import { setImmediate as breathe } from "node:timers/promises";
import type { Archive } from "@/lib/gallery/archive";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import type { Catalog } from "@/lib/gallery/catalog";
import type { Verdict } from "@/lib/gallery/scan";
import { isAsFar, type Tally } from "@/lib/gallery/tally";

/** What catching up has shown: of which ids not all could be read, and which of the items that were known the archive does not show any more. */
export type CaughtUp = { unreadable: ReadonlySet<string>; absent: string[] };

type Options = {
  /** A catalog that never saw a snapshot begins with the newest. */
  isFirst?: boolean;
  inBucket?: boolean;
  /** In ms since 1970. */
  now?: number;
};

const batch = 200;
/** Up to so many items, all folders are listed as one where that is cheaper. */
const fewItems = 10_000;

/**
 * Brings a catalog up to date with its archive; an empty one is thereby rebuilt. What a kill interrupts goes on where it was, and what
 * the archive does not show is not forgotten: only a tombstone is a reason for that.
 * @throws StorageFailure when the archive could not be listed to the end
 */
export async function catchUp(archive: Archive, catalog: Catalog, options: Options = {}): Promise<CaughtUp> {
  const { isFirst = true, inBucket = false, now = Date.now() } = options;
  const before = catalog.count().items;
  if (isFirst && catalog.progress().snapshotAt === null) {
    const taken = await archive.snapshots.load(catalog);
    if (taken !== null) catalog.snapshotTaken(taken, 0);
  }
  const { items: loaded, quarantined } = catalog.count();
  const expected = Math.max(before, loaded);
  const unreadable = new Set<string>();
  let listed = expected;
  let erased: string[] = [];
  let items: ArchivedItem[] = [];
  const changed = new Map<string, Tally>();
  // What was marked here while an item was being read may not be among what was read: both are read together the next time.
  const isAsJudged = ({ manifest: { id } }: ArchivedItem) => {
    const judged = changed.get(id);
    const known = judged && catalog.marksOf(id);
    changed.delete(id);
    return !judged || !known || isAsFar(judged, known);
  };
  const record = () => {
    if (erased.length) catalog.erase(erased);
    if (items.length) catalog.put(items.filter(isAsJudged));
    erased = [];
    items = [];
  };
  const judge = (id: string, listed: Tally): Verdict => {
    const known = catalog.marksOf(id) ?? catalog.documents.editsOf(id);
    if (known !== null && isAsFar(known, listed)) return "known";
    if (known !== null) {
      changed.set(id, known);
      return "changed";
    }
    const nextLook = quarantined > 0 ? catalog.nextLook(id) : null;
    if (nextLook !== null) return nextLook <= now ? "before" : "wait";
    return "new";
  };
  try {
    for await (const finding of archive.scan({ judge, asOneFolder: inBucket && expected <= fewItems })) {
      if (finding.kind === "listed") listed = finding.known;
      else if (finding.kind === "erased") {
        if (!catalog.isErased(finding.id)) erased.push(finding.id);
      } else if (finding.kind === "erased account") catalog.eraseAccount(finding.erased);
      else if (finding.kind === "item") {
        catalog.release(finding.item.manifest.id);
        items.push(finding.item);
      } else if (finding.kind === "document") {
        catalog.release(finding.document.id);
        catalog.documents.put(finding.document);
      } else {
        if (finding.kind === "damaged") catalog.quarantine([finding.id], now);
        else unreadable.add(finding.id);
        console.warn(`archive: ${finding.id} is ${finding.kind} and left out`);
      }
      if (erased.length + items.length < batch) continue;
      record();
      await breathe();
    }
  } finally {
    record();
  }
  return { unreadable, absent: listed < expected ? await archive.findAbsent(catalog.ids()) : [] };
}
