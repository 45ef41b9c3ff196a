"use client";

import { Columns2, Download, Heart, Trash2 } from "lucide-react";
import { useRef } from "react";
import { useWords } from "@/components/language/words-provider";
import { CompareDialog } from "./compare-dialog";
import { BarAction, DownloadSelection, SelectionBar } from "./selection-bar";
import type { ItemActions } from "./use-item-actions";
import type { Selection } from "./use-selection";

type GallerySelectionProps = { selection: Selection; loaded: number; actions: ItemActions };

/** What can be done with pictures that are selected in the gallery. */
export function GallerySelection({ selection, loaded, actions }: GallerySelectionProps) {
  const { say } = useWords();
  const comparing = useRef<HTMLDialogElement>(null);
  const { items, clear } = selection;
  const [one, other] = items;
  const areFavorites = items.every(({ favorite }) => favorite);
  return (
    <>
      <SelectionBar selection={selection} loaded={loaded}>
        {items.length === 2 && (
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
      {one && other && items.length === 2 && <CompareDialog ref={comparing} pair={[one, other]} />}
    </>
  );
}
