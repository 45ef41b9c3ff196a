import type { ArchivedItem } from "@/lib/gallery/archived-item";
import { newId, timeOfId } from "@/lib/gallery/id";
import type { Manifest } from "@/lib/gallery/manifest";
import { type FoldedMarks, unmarked } from "@/lib/gallery/mark";
import { sha256 } from "@/lib/gallery/sealed-json";

export const someImage = Buffer.from("stands for the bytes of an image");
export const someThumbnail = Buffer.from("stands for the bytes of a thumbnail");

/** A manifest of `someImage`. `now` in milliseconds since 1970. */
export function manifestOf(owner: string, { now, ...changes }: Partial<Manifest> & { now?: number } = {}): Manifest {
  const id = changes.id ?? newId(now);
  return {
    version: 1,
    id,
    owner,
    createdAt: timeOfId(id),
    prompt: `A “lighthouse”, 灯台, 🏮\n${id}`,
    generator: "embedded",
    model: null,
    parameters: { style: "dunes", steps: 12, grain: 0.25, mirrored: false, palette: null },
    seed: 4_294_967_295,
    image: { sha256: sha256(someImage), bytes: someImage.length, type: "image/png", width: 1024, height: 768 },
    placeholder: "1QcSHQRnh493V4dIh4eXh1h4kJUI",
    appVersion: "0.1.0",
    ...changes,
  };
}

export function itemOf(manifest: Manifest, marks: Partial<FoldedMarks> = {}): ArchivedItem {
  return { manifest, marks: { ...unmarked, ...marks } };
}
