"use client";

import { Columns2, Download, FolderMinus, FolderPlus, Heart, Trash2 } from "lucide-react";
import { useRef } from "react";
import { CollectDialog } from "@/components/collections/collect-dialog";
import { useMembership } from "@/components/collections/use-membership";
import { useWords } from "@/components/language/words-provider";
import type { Collection } from "@/lib/gallery/collection";
import { features } from "@/lib/site";
import { CompareDialog } from "./compare-dialog";
import { BarAction, DownloadSelection, SelectionBar } from "./selection-bar";
import type { ItemActions } from "./use-item-actions";
import type { Selection } from "./use-selection";

type GallerySelectionProps = {
  selection: Selection;
  loaded: number;
  actions: ItemActions;
  /** The collection that is open, if one is. */
  within: Collection | undefined;
};

/** What can be done with pictures that are selected in the gallery. */
export function GallerySelection({ selection, loaded, actions, within }: GallerySelectionProps) {
  const { say } = useWords();
  const comparing = useRef<HTMLDialogElement>(null);
  const collecting = useRef<HTMLDialogElement>(null);
  const collect = useMembership();
  const { items, clear } = selection;
  const [one, other] = items;
  const areFavorites = items.every(({ favorite }) => favorite);
  return (
    <>
      <SelectionBar selection={selection} loaded={loaded}>
        {features.compare && items.length === 2 && (
          <BarAction label={say("selection.compare")} onClick={() => comparing.current?.showModal()}>
            <Columns2 size={18} aria-hidden />
          </BarAction>
        )}
        <BarAction
          label={areFavorites ? say("gallery.removeFavourite") : say("gallery.addFavourite")}
          onClick={() => void actions.markAll(items, { favorite: !areFavorites })}
        >
          <Heart size={18} fill={areFavorites ? "currentColor" : "none"} aria-hidden />
        </BarAction>
        {features.collections && (
          <BarAction label={say("collections.add")} onClick={() => collecting.current?.showModal()}>
            <FolderPlus size={18} aria-hidden />
          </BarAction>
        )}
        {within && (
          <BarAction
            label={say("collections.takeOut")}
            onClick={() => {
              clear();
              void collect(items, within, false);
            }}
          >
            <FolderMinus size={18} aria-hidden />
          </BarAction>
        )}
        <DownloadSelection selection={selection}>
          <Download size={18} aria-hidden />
        </DownloadSelection>
        <BarAction
          label={say("gallery.trash")}
          onClick={() => {
            clear();
            void actions.markAll(items, { trashed: true });
          }}
        >
          <Trash2 size={18} aria-hidden />
        </BarAction>
      </SelectionBar>
      {features.collections && <CollectDialog ref={collecting} items={items} />}
      {features.compare && one && other && items.length === 2 && <CompareDialog ref={comparing} pair={[one, other]} />}
    </>
  );
}
