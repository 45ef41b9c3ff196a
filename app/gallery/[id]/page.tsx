import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { excerpt } from "@/components/excerpt";
import { addressOfPicture, findingOf, queryOf } from "@/components/finding/finding";
import { StorageSilent } from "@/components/gallery/storage-silent";
import { PictureAlone } from "@/components/picture/picture-alone";
import { requirePerson } from "@/lib/auth/session";
import { getGeneration } from "@/lib/gallery/gallery";
import { type Generation, limits, sizes } from "@/lib/gallery/generation";
import { ifAvailable } from "@/lib/gallery/if-available";
import { findingSchema } from "@/lib/gallery/list-query";
import { neighboursOf } from "@/lib/gallery/neighbours";
import { toFailure } from "@/lib/http/errors";
import { currentWords } from "@/lib/language/current";

type PicturePageProps = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ params }: PicturePageProps): Promise<Metadata> {
  const item = await requirePicture((await params).id);
  return { title: item ? excerpt(item.title ?? item.prompt) : (await currentWords()).say("title.picture") };
}

export default async function PicturePage({ params, searchParams }: PicturePageProps) {
  const { id } = await params;
  const item = await requirePicture(id);
  const person = await requirePerson(`/gallery/${id}`);
  const query = queryOf(findingOf(await searchParams));
  const wanted = findingSchema.parse(Object.fromEntries(new URLSearchParams(query)));
  const beside = item && (await ifAvailable(neighboursOf(person.id, id, wanted)));
  if (!item || !beside) return <StorageSilent />;
  const step = (neighbour: string | null) => (neighbour ? { id: neighbour, href: addressOfPicture(neighbour, query) } : null);
  return (
    <PictureAlone
      item={item}
      size={sizes.find(({ width, height }) => width === item.width && height === item.height)?.name}
      longestTitle={limits.titleCharacters}
      previous={step(beside.previous)}
      next={step(beside.next)}
    />
  );
}

/** The person's own picture, null while storage does not answer; a page that says "nothing here" for any other, whether it exists or not. */
const requirePicture = cache(async (id: string): Promise<Generation | null> => {
  const person = await requirePerson(`/gallery/${id}`);
  try {
    return await ifAvailable(getGeneration(person.id, id));
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code === "not_found") notFound();
    throw failure;
  }
});
