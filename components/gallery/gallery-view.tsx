"use client";

import { Shuffle, Trash2 } from "lucide-react";
import { useMaking } from "@/components/making/making-provider";
import type { Size } from "@/components/prompt/size-choice";
import type { GenerationPage } from "@/lib/gallery/generation";
import { DevelopingTile } from "./developing-tile";
import { EmptyGallery } from "./empty-gallery";
import { FavoriteMark } from "./favorite-mark";
import { LightTable } from "./light-table";
import { LoadMore } from "./load-more";
import { useShelf } from "./shelves-provider";
import { focusNeighbour, Tile, TileAction } from "./tile";
import { useItemActions } from "./use-item-actions";

type GalleryViewProps = { firstPage: GenerationPage; asOf: number; sizes: readonly [Size, ...Size[]] };

const onFirstScreen = 8;

/** Everything that one has made, newest first, with what is in the making before it. */
export function GalleryView({ firstPage, asOf, sizes }: GalleryViewProps) {
  const shelf = useShelf("gallery", firstPage, asOf);
  const { jobs } = useMaking();
  const { favorite, trash, vary } = useItemActions();
  if (shelf.items.length === 0 && jobs.length === 0) return <EmptyGallery size={sizes[0]} />;
  return (
    <section aria-labelledby="pictures">
      <h1 id="pictures" className="sr-only">
        Your pictures
      </h1>
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
      <LoadMore name="gallery" shelf={shelf} />
    </section>
  );
}

function sameShape(one: { width: number; height: number }, other: { width: number; height: number }): boolean {
  return one.width === other.width && one.height === other.height;
}
