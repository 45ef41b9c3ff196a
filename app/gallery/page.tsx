import type { Metadata } from "next";
import { findingOf, queryOf } from "@/components/finding/finding";
import { EphemeralNotice } from "@/components/gallery/ephemeral-notice";
import { GallerySkeleton } from "@/components/gallery/gallery-skeleton";
import { GalleryView } from "@/components/gallery/gallery-view";
import { MoreToCome } from "@/components/gallery/more-to-come";
import { StorageSilent } from "@/components/gallery/storage-silent";
import { UnlessQuick } from "@/components/gallery/unless-quick";
import { PromptBar } from "@/components/prompt/prompt-bar";
import { requirePerson } from "@/lib/auth/session";
import { listGenerations, storageStatus } from "@/lib/gallery/gallery";
import { limits, sizes } from "@/lib/gallery/generation";
import { ifAvailable } from "@/lib/gallery/if-available";
import { findingSchema } from "@/lib/gallery/list-query";

export const metadata: Metadata = { title: "Gallery" };

type GalleryPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function GalleryPage({ searchParams }: GalleryPageProps) {
  const query = queryOf(findingOf(await searchParams));
  const person = await requirePerson(query ? `/gallery?${query}` : "/gallery");
  return (
    <div className="page-edge">
      <div className="pb-2 sm:pt-6 sm:pb-8">
        <PromptBar
          sizes={sizes}
          longestPrompt={limits.promptCharacters}
          largestSeed={limits.seed}
          engineNote="Built-in engine, not an AI model"
        />
      </div>
      <UnlessQuick load={() => firstPage(person.id, query)} fallback={<GallerySkeleton sizes={sizes} />} />
    </div>
  );
}

async function firstPage(owner: string, query: string) {
  const wanted = findingSchema.parse(Object.fromEntries(new URLSearchParams(query)));
  const [page, storage] = await Promise.all([ifAvailable(listGenerations(owner, wanted)), storageStatus()]);
  if (!page) return <StorageSilent />;
  return (
    <>
      {storage.kind === "ephemeral" && <EphemeralNotice />}
      {page.catchingUp && <MoreToCome />}
      <GalleryView query={query} firstPage={page} asOf={Date.now()} sizes={sizes} longestTitle={limits.titleCharacters} />
    </>
  );
}
