import type { Archive } from "@/lib/gallery/archive";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import type { Catalog } from "@/lib/gallery/catalog";

/** What a catalog could not take in: `damaged` objects stay so, `unreadable` ones are worth another attempt. */
export type LeftOut = { damaged: number; unreadable: number };

const batch = 500;

/**
 * Brings a catalog up to date with its archive; an empty one is thereby rebuilt. What a kill interrupts goes on where it was, and what
 * the archive does not show is not forgotten: only a tombstone is a reason for that.
 * @throws StorageFailure when the archive could not be listed to the end
 */
export async function catchUp(archive: Archive, catalog: Catalog): Promise<LeftOut> {
  const leftOut = { damaged: 0, unreadable: 0 };
  let erased: string[] = [];
  let items: ArchivedItem[] = [];
  const record = () => {
    if (erased.length) catalog.erase(erased);
    if (items.length) catalog.put(items);
    erased = [];
    items = [];
  };
  try {
    for await (const finding of archive.scan({ isKnown: catalog.isKnown })) {
      if (finding.kind === "erased") erased.push(finding.id);
      else if (finding.kind === "erased account") catalog.eraseAccount(finding.erased);
      else if (finding.kind === "item") items.push(finding.item);
      else {
        leftOut[finding.kind] += 1;
        console.warn(`archive: ${finding.id} is ${finding.kind} and left out`);
      }
      if (erased.length + items.length >= batch) record();
    }
  } finally {
    record();
  }
  return leftOut;
}
