import type { Metadata } from "next";
import { EphemeralNotice } from "@/components/gallery/ephemeral-notice";
import { GallerySkeleton } from "@/components/gallery/gallery-skeleton";
import { GalleryView } from "@/components/gallery/gallery-view";
import { StorageSilent } from "@/components/gallery/storage-silent";
import { UnlessQuick } from "@/components/gallery/unless-quick";
import { PromptBar } from "@/components/prompt/prompt-bar";
import { requirePerson } from "@/lib/auth/session";
import { listGenerations, storageStatus } from "@/lib/gallery/gallery";
import { limits, sizes } from "@/lib/gallery/generation";
import { ifAvailable } from "@/lib/gallery/if-available";

export const metadata: Metadata = { title: "Gallery" };

export default async function GalleryPage() {
  const person = await requirePerson("/gallery");
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
      <UnlessQuick content={firstPage(person.id)} fallback={<GallerySkeleton sizes={sizes} />} />
    </div>
  );
}

async function firstPage(owner: string) {
  const [page, storage] = await Promise.all([ifAvailable(listGenerations(owner)), storageStatus()]);
  if (!page) return <StorageSilent />;
  return (
    <>
      {storage.kind === "ephemeral" && <EphemeralNotice />}
      <GalleryView firstPage={page} asOf={Date.now()} sizes={sizes} />
    </>
  );
}
