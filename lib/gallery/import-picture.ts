import type { FileHandle } from "node:fs/promises";
import type { ArchivedItem } from "@/lib/gallery/archived-item";
import { isFarAhead } from "@/lib/gallery/clock";
import { type ImageType, idPattern, imageTypes, limits } from "@/lib/gallery/generation";
import { timeOfId } from "@/lib/gallery/id";
import { type Library, record } from "@/lib/gallery/library";
import { type Manifest, readManifest } from "@/lib/gallery/manifest";
import { type Mark, readMark } from "@/lib/gallery/mark";
import { sha256 } from "@/lib/gallery/sealed-json";
import { examineImage } from "@/lib/gallery/thumbnail";
import { BadZip, readMember, type ZipMember } from "@/lib/gallery/zip/reader";
import { Failure } from "@/lib/http/errors";
import { ObjectCollision } from "@/lib/storage/object-store";

/** `updated` was here already, but had been marked later where it comes from. */
export type Outcome = "imported" | "updated" | "present" | "refused";

/** Why a picture was not taken in. Pages have a sentence for each. */
export type Refusal = "not_yours" | "erased" | "not_here" | "image_damaged" | "image_differs" | "files_damaged";

/** The files of one picture in a ZIP file. */
export type PackedPicture = { id: string; manifest: ZipMember; image: ZipMember | null; mark: (ZipMember & { stamp: string }) | null };

const largestImage = 64 * 1024 * 1024;
const largestJson = 64 * 1024;

const namePattern = /^pictures\/([0-9a-f-]{36})\.(?:(png|jpg|webp)|(json)|(\d{13}-[0-9a-f]{8})\.mark\.json)$/;

/** The pictures among the members of a ZIP file, oldest first; what else is in it is of no interest. */
export function picturesIn(members: readonly ZipMember[]): PackedPicture[] {
  const parts = new Map<string, { manifest?: ZipMember; image?: ZipMember; mark?: ZipMember & { stamp: string } }>();
  for (const member of members) {
    const [, id = "", image, manifest, stamp] = namePattern.exec(member.name) ?? [];
    if (!idPattern.test(id)) continue;
    const part = parts.get(id) ?? {};
    if (image) part.image = member;
    if (manifest) part.manifest = member;
    if (stamp && !(part.mark && part.mark.stamp > stamp)) part.mark = { ...member, stamp };
    parts.set(id, part);
  }
  const pictures: PackedPicture[] = [];
  for (const [id, { manifest, image = null, mark = null }] of parts) if (manifest) pictures.push({ id, manifest, image, mark });
  return pictures.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Takes in one picture, or says why not. @throws StorageFailure, Error of node:sqlite */
export async function bringBack(library: Library, owner: string, file: FileHandle, picture: PackedPicture): Promise<Report> {
  try {
    const manifest = await manifestOf(file, picture);
    if (manifest.owner !== owner) return refused("not_yours");
    const mark = await markOf(file, picture);
    const isErased = library.catalog.isErasedWithAccount(manifest) || (await library.archive.isErased(picture.id));
    if (isErased) return refused("erased");
    const here = library.catalog.find(owner, picture.id) ?? (await library.archive.find(picture.id));
    if (here && here.manifest.owner !== owner) return refused("not_here");
    if (here) return await updated(library, here, mark);
    if (library.catalog.knows(picture.id) || (await library.archive.isTaken(picture.id))) return refused("not_here");
    const image = picture.image && (await readMember(file, picture.image, largestImage));
    if (!image || sha256(image) !== manifest.image.sha256) return refused("image_damaged");
    const { width, height, thumbnail } = await examineImage(new Uint8Array(image), manifest.image.type);
    if (width !== manifest.image.width || height !== manifest.image.height) return refused("image_differs");
    const item = await library.archive.keep(manifest, image, thumbnail, new AbortController().signal);
    const marked = mark ? await library.archive.copyMark(item, mark) : item;
    record(() => library.catalog.put([marked]));
    return { outcome: "imported", why: null };
  } catch (error) {
    if (error instanceof BadZip) return refused("files_damaged");
    if (error instanceof Failure && error.code === "generator_failed") return refused("image_damaged");
    if (error instanceof ObjectCollision) return refused("not_here");
    throw error;
  }
}

type Report = { outcome: Outcome; why: Refusal | null };

const refused = (why: Refusal): Report => ({ outcome: "refused", why });

async function updated({ archive, catalog }: Library, here: ArchivedItem, mark: Mark | null): Promise<Report> {
  if (!mark || Number.parseInt(mark.stamp, 10) <= here.marks.newest) return { outcome: "present", why: null };
  const marked = await archive.copyMark(here, mark);
  record(() => catalog.put([marked]));
  return { outcome: "updated", why: null };
}

async function manifestOf(file: FileHandle, { id, manifest: member, image }: PackedPicture): Promise<Manifest> {
  const manifest = readManifest(id, await readMember(file, member, largestJson));
  if (!manifest || manifest.createdAt !== timeOfId(id) || [...manifest.prompt].length > limits.promptCharacters)
    throw new BadZip("its manifest is damaged");
  // Nothing could erase it with its account, and it would stand before everything else.
  if (isFarAhead(Date.parse(manifest.createdAt))) throw new BadZip("it was made in the future");
  if (image && typeOf(image.name) !== manifest.image.type) throw new BadZip("its image is of another type");
  return manifest;
}

async function markOf(file: FileHandle, { id, mark: member }: PackedPicture): Promise<Mark | null> {
  if (!member) return null;
  const mark = readMark(id, member.stamp, await readMember(file, member, largestJson));
  if (!mark || isFarAhead(Number.parseInt(member.stamp, 10)) || [...(mark.title ?? "")].length > limits.titleCharacters)
    throw new BadZip("its mark is damaged");
  return mark;
}

function typeOf(name: string): ImageType | undefined {
  return (Object.keys(imageTypes) as ImageType[]).find((type) => name.endsWith(`.${imageTypes[type]}`));
}
