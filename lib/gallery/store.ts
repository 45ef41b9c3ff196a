import "server-only";
import { config } from "@/lib/config";
import { ForeignPlace } from "@/lib/gallery/marker";
import type { Places } from "@/lib/gallery/storage-trouble";
import type { TriableStore } from "@/lib/gallery/store-probe";
import { openVolume } from "@/lib/storage/volume";
import { volumeFiles } from "@/lib/storage/volume/files";

/** The store of the settings: a bucket when one is named, else a folder. @throws ForeignPlace when a bucket lacks its keys */
export async function openStore(): Promise<TriableStore> {
  const { dataDir, s3 } = config();
  if (!s3) return openVolume({ folder: dataDir });
  if (s3.missing.length > 0) throw new ForeignPlace(`S3_BUCKET is set, but ${s3.missing.join(" and ")} not. Set what is missing.`);
  // Without a bucket nobody waits for its client to load.
  const { openS3 } = await import("@/lib/storage/s3");
  return openS3({ place: s3 });
}

/** Where that is, in words for the owner of the installation. */
export function placeOfStore(): string {
  const { dataDir, s3 } = config();
  return s3 ? `${s3.bucket}/${s3.prefix}` : dataDir;
}

/** Where things are kept and where they wait, in words for the owner of the installation. */
export const places = (): Places => ({ store: placeOfStore(), local: config().cacheDir });

/** True while threads of this process hang in calls that storage has not answered. */
export function isStorageStuck(): boolean {
  return volumeFiles().isStuck();
}
