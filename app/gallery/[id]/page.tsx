import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { StorageSilent } from "@/components/gallery/storage-silent";
import { PictureActions } from "@/components/picture/picture-actions";
import { PictureFacts } from "@/components/picture/picture-facts";
import { PictureView } from "@/components/picture/picture-view";
import { PictureWords } from "@/components/picture/picture-words";
import { requirePerson } from "@/lib/auth/session";
import { getGeneration } from "@/lib/gallery/gallery";
import { type Generation, limits, sizes } from "@/lib/gallery/generation";
import { ifAvailable } from "@/lib/gallery/if-available";
import { toFailure } from "@/lib/http/errors";

type PicturePageProps = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: PicturePageProps): Promise<Metadata> {
  const item = await requirePicture((await params).id);
  return { title: item ? [...(item.title ?? item.prompt)].slice(0, 80).join("") : "Picture" };
}

export default async function PicturePage({ params }: PicturePageProps) {
  const item = await requirePicture((await params).id);
  if (!item) return <StorageSilent />;
  return (
    <article className="page-edge grid gap-x-10 gap-y-8 pt-2 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <PictureView item={item} />
      <div className="flex min-w-0 flex-col gap-7 lg:pt-2">
        <PictureWords item={item} longestTitle={limits.titleCharacters} />
        <PictureActions item={item} size={sizes.find(({ width, height }) => width === item.width && height === item.height)?.name} />
        <PictureFacts item={item} />
      </div>
    </article>
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
