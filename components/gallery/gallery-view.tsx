"use client";

import { Shuffle, Trash2 } from "lucide-react";
import { useCallback, useEffect, useRef } from "react";
import { FindingBar } from "@/components/finding/finding-bar";
import { NothingFound } from "@/components/finding/nothing-found";
import { nothingSought, useFinding } from "@/components/finding/use-finding";
import { useFound } from "@/components/finding/use-found";
import { useMaking } from "@/components/making/making-provider";
import type { Size } from "@/components/prompt/size-choice";
import type { GenerationPage } from "@/lib/gallery/generation";
import { DevelopingTile } from "./developing-tile";
import { EmptyGallery } from "./empty-gallery";
import { FavoriteMark } from "./favorite-mark";
import { LightTable } from "./light-table";
import { LoadMore } from "./load-more";
import { focusNeighbour, Tile, TileAction } from "./tile";
import { useItemActions } from "./use-item-actions";

/** `query` is that of the address for which the server rendered `firstPage`. */
type GalleryViewProps = { query: string; firstPage: GenerationPage; asOf: number; sizes: readonly [Size, ...Size[]] };

const onFirstScreen = 8;

/** Everything that one has made, or what one looks for in it, with what is in the making before it. */
export function GalleryView({ sizes, ...rendered }: GalleryViewProps) {
  const { finding, query, changeFinding } = useFinding();
  const { name, shelf, problem } = useFound(query, rendered);
  const { jobs } = useMaking();
  const { favorite, trash, vary } = useItemActions();
  const clear = useCallback(() => changeFinding(nothingSought), [changeFinding]);
  useWhenAdded(jobs.length, clear);
  const isEmpty = shelf.items.length === 0 && jobs.length === 0;
  if (isEmpty && !query && name === "gallery") return <EmptyGallery size={sizes[0]} />;
  return (
    <section aria-labelledby="pictures">
      <h1 id="pictures" className="sr-only">
        Your pictures
      </h1>
      <FindingBar sizes={sizes} total={shelf.total} problem={problem} />
      {isEmpty && <NothingFound q={finding.q} onClear={clear} />}
      <LightTable label="Your pictures">
        {jobs.map((job) => (
          <DevelopingTile key={job.key} job={job} />
        ))}
        {shelf.items.map((item, index) => (
          <Tile
            key={item.id}
            item={item}
            eager={index < onFirstScreen}
            corner={<FavoriteMark favorite={item.favorite} onToggle={() => void favorite(item, !item.favorite)} />}
          >
            <TileAction label="Make a variation" onClick={() => vary(item, sizes.find((size) => sameShape(size, item))?.name)}>
              <Shuffle size={16} aria-hidden />
            </TileAction>
            <TileAction
              label="Move to trash"
              onClick={(event) => {
                focusNeighbour(event);
                void trash(item);
              }}
            >
              <Trash2 size={16} aria-hidden />
            </TileAction>
          </Tile>
        ))}
      </LightTable>
      {!isEmpty && <LoadMore name={name} shelf={shelf} />}
    </section>
  );
}

/** A picture that one makes while looking for others arrives in the whole gallery, where it will stay: so one is led there. */
function useWhenAdded(count: number, act: () => void) {
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) act();
    before.current = count;
  }, [act, count]);
}

function sameShape(one: { width: number; height: number }, other: { width: number; height: number }): boolean {
  return one.width === other.width && one.height === other.height;
}
