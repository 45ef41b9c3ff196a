import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { excerpt } from "@/components/excerpt";
import { findingOf, queryOf } from "@/components/finding/finding";
import { GallerySkeleton } from "@/components/gallery/gallery-skeleton";
import { GalleryView } from "@/components/gallery/gallery-view";
import { MoreToCome } from "@/components/gallery/more-to-come";
import { ShapeRules } from "@/components/gallery/shape-rules";
import { StorageSilent } from "@/components/gallery/storage-silent";
import { UnlessQuick } from "@/components/gallery/unless-quick";
import { PromptBar } from "@/components/prompt/prompt-bar";
import { missingScopes } from "@/lib/auth/scopes";
import { requirePerson } from "@/lib/auth/session";
import { getCollection, listCollections } from "@/lib/gallery/collections";
import { listGenerations } from "@/lib/gallery/gallery";
import { limits, sizes } from "@/lib/gallery/generation";
import { ifAvailable } from "@/lib/gallery/if-available";
import { findingSchema } from "@/lib/gallery/list-query";
import type { Engine } from "@/lib/gallery/making";
import { listEngines } from "@/lib/gallery/models";
import { toFailure } from "@/lib/http/errors";
import { styleNonce } from "@/lib/http/style-nonce";
import { currentTexts, currentWords } from "@/lib/language/current";
import { features } from "@/lib/site";

type GalleryPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams }: GalleryPageProps): Promise<Metadata> {
  const { collection } = findingOf(await searchParams);
  const opened = collection ? await requireCollection(collection) : null;
  return { title: opened ? excerpt(opened.title) : (await currentWords()).say("title.gallery") };
}

export default async function GalleryPage({ searchParams }: GalleryPageProps) {
  const finding = findingOf(await searchParams);
  const query = queryOf(finding);
  const person = await requirePerson(query ? `/gallery?${query}` : "/gallery");
  if (finding.collection) await requireCollection(finding.collection);
  return (
    <div className="page-edge">
      <div className="pb-2 sm:pt-6 sm:pb-8">
        <PromptBar
          sizes={sizes}
          longestPrompt={limits.promptCharacters}
          largestSeed={limits.seed}
          engines={await enginesFor()}
          scopes={person.scopes}
          payers={person.organizations.filter(({ role }) => role !== null)}
        />
      </div>
      <UnlessQuick load={() => firstPage(person.id, query)} fallback={<GallerySkeleton sizes={sizes} />} />
    </div>
  );
}

/** The person's own collection, null while storage does not answer; "nothing here" for any other, whether it exists or not. */
const requireCollection = cache(async (id: string) => {
  if (!features.collections) notFound();
  const person = await requirePerson(`/gallery?collection=${id}`);
  try {
    return await ifAvailable(getCollection(person.id, id));
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code === "not_found") notFound();
    throw failure;
  }
});

/** An engine that needs what this app may not ask for cannot be used: its owner finds the line to add on the status page. */
async function enginesFor(): Promise<[Engine, ...Engine[]]> {
  const missing = missingScopes().map(({ scope }) => scope);
  const reason = (await currentWords()).say("engine.notAllowed");
  const [first, ...rest] = listEngines().map((engine) =>
    missing.includes(engine.scope ?? "") ? { ...engine, unavailable: reason } : engine,
  );
  if (!first) throw new Error("the table of generators is empty");
  return [first, ...rest];
}

async function firstPage(owner: string, query: string) {
  const wanted = findingSchema.parse(Object.fromEntries(new URLSearchParams(query)));
  const [page, collections, { examplePrompts }, nonce] = await Promise.all([
    ifAvailable(listGenerations(owner, wanted)),
    features.collections ? ifAvailable(listCollections(owner)) : [],
    currentTexts(),
    styleNonce(),
  ]);
  if (!page || !collections) return <StorageSilent />;
  return (
    <>
      {nonce && <ShapeRules sizes={page.items} nonce={nonce} />}
      {page.catchingUp && <MoreToCome />}
      <GalleryView
        query={query}
        firstPage={page}
        collections={collections}
        asOf={Date.now()}
        sizes={sizes}
        examples={examplePrompts.slice(0, 3)}
        longestTitle={limits.titleCharacters}
        mostSelected={limits.selection}
      />
    </>
  );
}
