"use client";

import { Shuffle, Trash2 } from "lucide-react";
import { memo } from "react";
import { useWords } from "@/components/language/words-provider";
import type { Generation } from "@/lib/gallery/generation";
import { FavoriteMark } from "./favorite-mark";
import type { Place } from "./light-table";
import { type Choice, focusNeighbourOf, Tile } from "./tile";
import { TileAction } from "./tile-action";
import type { ItemActions } from "./use-item-actions";

type GalleryTileProps = Place &
  Choice & {
    item: Generation;
    href: string;
    /** Name of the offered size that the picture has, if it has one. */
    size: string | undefined;
    actions: ItemActions;
    draggable: boolean;
    onOpen: (id: string) => void;
  };

/** A picture in the gallery; scrolling past others does not render it again. */
export const GalleryTile = memo(function GalleryTile({
  item,
  href,
  size,
  actions,
  draggable,
  onOpen,
  chosen,
  choosing,
  onChoose,
  ...place
}: GalleryTileProps) {
  const { say } = useWords();
  const favorite = () => void actions.favorite(item, !item.favorite);
  const vary = () => actions.vary(item, size);
  const trash = () => {
    focusNeighbourOf(item.id);
    void actions.trash(item);
  };
  return (
    <Tile
      item={item}
      place={place}
      href={href}
      draggable={draggable}
      onOpen={() => onOpen(item.id)}
      choice={{ chosen, choosing, onChoose }}
      keys={{ f: favorite, v: vary, delete: trash }}
      corner={<FavoriteMark favorite={item.favorite} onToggle={favorite} />}
      showsActions={item.favorite}
    >
      <TileAction label={say("gallery.vary")} onClick={vary}>
        <Shuffle size={16} aria-hidden />
      </TileAction>
      <TileAction label={say("gallery.trash")} onClick={trash}>
        <Trash2 size={16} aria-hidden />
      </TileAction>
    </Tile>
  );
});
