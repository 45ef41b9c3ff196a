"use client";

import { Suspense, useCallback, useEffect, useMemo, useRef } from "react";
import { CollectionHeading } from "@/components/collections/collection-heading";
import { useRenderedCollections } from "@/components/collections/collections-provider";
import { CollectionsStrip } from "@/components/collections/collections-strip";
import { dragPictures, useCanDrag } from "@/components/collections/dragging";
import { EmptyCollection } from "@/components/collections/empty-collection";
import { quoted } from "@/components/collections/quoted";
import { addressOfPicture, nothingSought, queryOf } from "@/components/finding/finding";
import { FindingBar } from "@/components/finding/finding-bar";
import { NothingFound } from "@/components/finding/nothing-found";
import { useFinding } from "@/components/finding/use-finding";
import { useFound } from "@/components/finding/use-found";
import { useWords } from "@/components/language/words-provider";
import { later } from "@/components/later";
import { DevelopingTile } from "@/components/making/developing-tile";
import { FailedTiles } from "@/components/making/failed-tile";
import type { Job } from "@/components/making/making";
import { useMaking } from "@/components/making/making-provider";
import type { Size } from "@/components/prompt/size-choice";
import type { Collection } from "@/lib/gallery/collection";
import type { Generation, GenerationPage } from "@/lib/gallery/generation";
import { features } from "@/lib/site";
import { EmptyGallery } from "./empty-gallery";
import { GallerySelection } from "./gallery-selection";
import { GallerySkeleton } from "./gallery-skeleton";
import { GalleryTile } from "./gallery-tile";
import { LightTable } from "./light-table";
import { LoadMore } from "./load-more";
import { NotSavedNotice } from "./not-saved-notice";
import { queryOfShelf } from "./shelf";
import { ShortcutsDialog } from "./shortcuts-dialog";
import { useItemActions } from "./use-item-actions";
import { useMore } from "./use-more";
import { useSaving } from "./use-saving";
import { useSelection } from "./use-selection";
import { useViewer } from "./use-viewer";

const [Viewer, fetchViewer] = later(async () => (await import("./viewer")).Viewer);

/** `query` is that of the address for which the server rendered `firstPage`. */
type GalleryViewProps = {
  query: string;
  firstPage: GenerationPage;
  collections: readonly Collection[];
  asOf: number;
  sizes: readonly [Size, ...Size[]];
  /** Prompts to begin with. */
  examples: readonly string[];
  longestTitle: number;
  mostSelected: number;
};

/** Everything that one has made, or what one looks for in it, with what is in the making before it. */
export function GalleryView({ sizes, examples, longestTitle, mostSelected, ...rendered }: GalleryViewProps) {
  const words = useWords();
  const { say } = words;
  const { finding, query, changeFinding } = useFinding();
  const { name, shelf, problem } = useFound(query, rendered);
  const { jobs, begun } = useMaking();
  const collections = useRenderedCollections(rendered.collections, rendered.asOf);
  const collection = collections.find(({ id }) => id === finding.collection);
  const canDrag = useCanDrag() && collections.length > 0;
  const actions = useItemActions();
  const more = useMore(name, shelf);
  const [oldestUnsaved] = useSaving(shelf.items);
  // Until what is looked for now has come, the pictures that are still there belong to what was looked for before.
  const shownQuery = queryOfShelf(name);
  const viewer = useViewer(shownQuery);
  useEffect(fetchViewer, []);
  const sizeOf = (item: Generation) => sizes.find((size) => sameShape(size, item))?.name;
  const open = useCallback((id: string) => changeFinding({ ...nothingSought, collection: id }), [changeFinding]);
  const clear = useCallback(() => open(""), [open]);
  useWhenBegun(begun, clear);
  const [failed, developing] = useMemo(() => [jobs.filter(hasFailed), jobs.filter((job) => !hasFailed(job))], [jobs]);
  const shapes = useMemo(() => [...developing.map((job) => job.request), ...shelf.items], [developing, shelf.items]);
  const selection = useSelection(shelf.items, mostSelected, viewer.openId === null);
  const isWholeCollection = query === queryOf({ ...nothingSought, collection: finding.collection });
  const isEmpty = shelf.items.length === 0 && jobs.length === 0 && shelf.nextCursor === null;
  // The viewer of what was there last closes first: the way back is its own.
  if (isEmpty && !query && name === "gallery" && !viewer.openId) {
    return rendered.firstPage.catchingUp ? <GallerySkeleton sizes={sizes} /> : <EmptyGallery size={sizes[0]} examples={examples} />;
  }
  return (
    <section aria-labelledby="pictures" onDragStart={(event) => dragPictures(event, shelf.items, selection.items)}>
      {features.collections && <CollectionsStrip collections={collections} open={finding.collection} onOpen={open} canDrag={canDrag} />}
      {collection ? (
        <CollectionHeading collection={collection} collections={collections} onRemoved={clear} />
      ) : (
        <h1 id="pictures" className="sr-only">
          {say("gallery.pictures")}
        </h1>
      )}
      <FindingBar sizes={sizes} total={shelf.total} problem={problem} />
      {oldestUnsaved && <NotSavedNotice key={oldestUnsaved.id} createdAt={oldestUnsaved.createdAt} />}
      {isEmpty && isWholeCollection && <EmptyCollection onLeave={clear} />}
      {isEmpty && !isWholeCollection && <NothingFound q={finding.q} onClear={() => open(finding.collection)} />}
      <FailedTiles jobs={failed} />
      <LightTable
        label={collection ? say("collections.pictures", { title: quoted(words, collection.title) }) : say("gallery.pictures")}
        name={name}
        shapes={shapes}
        total={developing.length + shelf.total}
        choosing={selection.items.length > 0}
      >
        {(place) => {
          const job = developing[place.index];
          if (job) return <DevelopingTile key={job.key} job={job} place={place} />;
          const item = shelf.items[place.index - developing.length];
          if (!item) return null;
          const choice = { chosen: selection.has(item.id), choosing: selection.items.length > 0, onChoose: selection.choose };
          const props = {
            ...place,
            ...choice,
            item,
            actions,
            draggable: canDrag,
            href: addressOfPicture(item.id, shownQuery),
            size: sizeOf(item),
            onOpen: viewer.open,
          };
          return <GalleryTile key={item.id} {...props} />;
        }}
      </LightTable>
      {!isEmpty && <LoadMore name={name} shelf={shelf} more={more} />}
      <GallerySelection selection={selection} loaded={shelf.items.length} actions={actions} within={collection} />
      <ShortcutsDialog />
      <Suspense>
        {viewer.openId && (
          <Viewer
            items={shelf.items}
            id={viewer.openId}
            total={shelf.total}
            addressOf={(id) => addressOfPicture(id, shownQuery)}
            sizeOf={sizeOf}
            longestTitle={longestTitle}
            onShow={(id) => {
              if (isNearEnd(shelf.items, id)) more.load();
              viewer.show(id);
            }}
            onClose={viewer.close}
            onMake={viewer.leave}
          />
        )}
      </Suspense>
    </section>
  );
}

const hasFailed = ({ state }: Job) => state.phase === "failed";

/**
 * A picture that one makes while looking for others arrives in the whole gallery, where it will stay: so one is led there. What is in
 * the making from elsewhere, or could not be made before a reload, leads nobody away.
 */
function useWhenBegun(count: number, act: () => void) {
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) act();
    before.current = count;
  }, [act, count]);
}

/** So many pictures before the end of what is loaded, leafing through fetches more. */
const ahead = 8;

function isNearEnd(items: readonly Generation[], id: string): boolean {
  return items.slice(-ahead).some((item) => item.id === id);
}

function sameShape(one: { width: number; height: number }, other: { width: number; height: number }): boolean {
  return one.width === other.width && one.height === other.height;
}
