"use client";

import Link from "next/link";
import { createContext, type MouseEvent, type ReactNode, useContext } from "react";
import { useMaking } from "@/components/making/making-provider";
import type { Generation } from "@/lib/gallery/generation";
import { type Place, placeAttributes } from "./light-table";
import { Placeholder } from "./placeholder";
import { shapeClass, shapeRef } from "./shape";
import { Thumbnail } from "./thumbnail";

type TileProps = {
  item: Generation;
  place: Place;
  href: string;
  eager: boolean;
  /** Opens the picture in place; without it, or in a new tab, its page does. */
  onOpen?: () => void;
  /** Single keys while the tile has the focus, by `KeyboardEvent.key` in lower case. */
  keys: Readonly<Record<string, () => void>>;
  children: ReactNode;
  corner?: ReactNode;
};

/** One picture on the light table; `children` are its quiet actions, `corner` is what stands apart from them. */
export function Tile({ item, place, href, eager, onOpen, keys, children, corner }: TileProps) {
  const { previewOf } = useMaking();
  const tabIndex = place.active ? 0 : -1;
  return (
    <li
      ref={shapeRef(item)}
      className={shapeClass(item)}
      data-picture={item.id}
      {...placeAttributes(place)}
      onKeyDown={(event) => {
        const act = keys[event.key.toLowerCase()];
        if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        act();
      }}
    >
      <Link
        href={href}
        prefetch={false}
        tabIndex={tabIndex}
        className="block size-full rounded-picture"
        onClick={(event) => {
          if (!onOpen || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          onOpen();
        }}
      >
        <span className="picture-ground relative block size-full">
          <Placeholder hash={item.placeholder} preview={previewOf(item.id)} />
          <Thumbnail item={item} eager={eager} />
        </span>
      </Link>
      <TabIndex value={tabIndex}>
        {corner}
        <div className="tile-actions absolute right-1.5 bottom-1.5 flex gap-1.5">{children}</div>
      </TabIndex>
    </li>
  );
}

const TabIndex = createContext(0);

/** Whether the Tab key leads to a button of this tile. */
export function useTileTabIndex(): number {
  return useContext(TabIndex);
}

type TileActionProps = { label: string; onClick: (event: MouseEvent<HTMLElement>) => void; children: ReactNode };

export function TileAction({ label, onClick, children }: TileActionProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      tabIndex={useTileTabIndex()}
      onClick={onClick}
      className="grid size-9 place-items-center rounded-full bg-shade text-on-shade backdrop-blur-sm hover:bg-accent hover:text-on-accent"
    >
      {children}
    </button>
  );
}

/** Before a tile leaves, the keyboard moves on to the next one, or back to the one before. */
export function focusNeighbourOf(id: string): void {
  const tile = document.querySelector(`[data-picture="${id}"]`);
  if (!tile?.contains(document.activeElement)) return;
  const neighbour = tile.nextElementSibling ?? tile.previousElementSibling;
  neighbour?.querySelector<HTMLElement>("a, button")?.focus();
}
