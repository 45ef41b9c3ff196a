/** What is dragged onto the strip of collections: pictures, or one of the collections to another place. */
import { type DragEvent, useEffect, useState } from "react";
import type { Generation } from "@/lib/gallery/generation";

const types = { pictures: "application/x-keepsake-pictures", collection: "application/x-keepsake-collection" } as const;

/** Where there is a mouse: on touch screens a long press selects, and the selection has the same in its bar. */
export function useCanDrag(): boolean {
  const [able, setAble] = useState(false);
  useEffect(() => setAble(matchMedia("(hover: hover) and (pointer: fine)").matches), []);
  return able;
}

// Browsers show what is dragged only once it is dropped; within one page there is no need to read it back.
let dragged: readonly Generation[] = [];

/** Begins to drag the picture under the pointer, with all that is selected when it is one of those. */
export function dragPictures(event: DragEvent, items: readonly Generation[], selected: readonly Generation[]): void {
  const id = event.target instanceof Element ? event.target.closest("[data-picture]")?.getAttribute("data-picture") : null;
  const item = items.find((one) => one.id === id);
  if (!item) return;
  dragged = selected.includes(item) ? selected : [item];
  event.dataTransfer.effectAllowed = "copyLink";
  event.dataTransfer.setData(types.pictures, "");
}

export function dragCollection(event: DragEvent, id: string): void {
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData(types.collection, id);
}

export const carriesPictures = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes(types.pictures);
export const carriesCollection = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes(types.collection);
export const droppedPictures = () => dragged;
export const droppedCollection = ({ dataTransfer }: DragEvent) => dataTransfer.getData(types.collection);
