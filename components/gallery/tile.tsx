"use client";

import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { useWords } from "@/components/language/words-provider";
import { usePreviews } from "@/components/making/making-provider";
import { isTurnedOff } from "@/components/single-keys";
import { pressOnce } from "@/components/use-keys";
import type { Generation } from "@/lib/gallery/generation";
import { type Place, placeAttributes } from "./light-table";
import { Placeholder } from "./placeholder";
import { SavingMark } from "./saving-mark";
import { shapeClass, shapeRef } from "./shape";
import { Thumbnail } from "./thumbnail";
import { TileAction, TileTabIndex } from "./tile-action";
import { useLeisure } from "./use-leisure";
import { useLongPress } from "./use-long-press";

type TileProps = {
  item: Generation;
  place: Place;
  href: string;
  /** Whether it can be dragged onto something. */
  draggable?: boolean;
  /** Opens the picture; in a new tab its page does. */
  onOpen: () => void;
  choice: Choice;
  /** Single keys while the tile has the focus, by `KeyboardEvent.key` in lower case. */
  keys: Readonly<Record<string, () => void>>;
  children: ReactNode;
  corner: ReactNode;
  /** Whether any of these is seen before somebody points at the tile. */
  showsActions: boolean;
};

/** Whether a picture is selected, and whether a click selects because something is. */
export type Choice = { chosen: boolean; choosing: boolean; onChoose: (id: string, through: boolean) => void };

/**
 * One picture on the light table; `children` are its quiet actions, `corner` is what stands apart from them. They are most of a tile: those
 * that nobody sees before they point at it come once the page is alive, or they do.
 */
export function Tile({ item, place, href, draggable = false, onOpen, choice, keys, children, corner, showsActions }: TileProps) {
  const previewOf = usePreviews();
  const tabIndex = place.active ? 0 : -1;
  const { chosen, choosing, onChoose } = choice;
  const [hasActions, bringActions] = useLeisure(showsActions || choosing || place.active);
  const press = useLongPress(() => onChoose(item.id, false));
  return (
    <li
      ref={shapeRef(item)}
      className={shapeClass(item)}
      data-picture={item.id}
      data-chosen={chosen || undefined}
      {...placeAttributes(place)}
      onPointerEnter={bringActions}
      onKeyDown={(event) => {
        pressOnce(event);
        const act = event.key.toLowerCase() === "x" ? () => onChoose(item.id, event.shiftKey) : keys[event.key.toLowerCase()];
        if (!act || event.ctrlKey || event.metaKey || event.altKey || isTurnedOff(event.key)) return;
        event.preventDefault();
        if (!event.repeat) act();
      }}
    >
      <a
        href={href}
        tabIndex={tabIndex}
        className="block size-full touch-manipulation rounded-picture select-none"
        draggable={draggable}
        {...press.handlers}
        onContextMenu={(event) => press.wasLong() && event.preventDefault()}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.altKey) return;
          event.preventDefault();
          if (press.wasLong()) return;
          if (choosing || event.shiftKey) onChoose(item.id, event.shiftKey);
          else onOpen();
        }}
      >
        <span className="picture-ground relative block size-full">
          <Placeholder hash={item.placeholder} preview={previewOf(item.id)} />
          <Thumbnail item={item} index={place.index} />
        </span>
      </a>
      {!item.saved && <SavingMark createdAt={item.createdAt} />}
      <TileTabIndex value={tabIndex}>
        {hasActions && (
          <>
            <ChoiceMark chosen={chosen} onChoose={(through) => onChoose(item.id, through)} />
            {corner}
            <div className="tile-actions absolute right-1.5 bottom-1.5 flex gap-1.5">{children}</div>
          </>
        )}
      </TileTabIndex>
    </li>
  );
}

function ChoiceMark({ chosen, onChoose }: { chosen: boolean; onChoose: (through: boolean) => void }) {
  const { say } = useWords();
  return (
    <div className="tile-actions tile-choice absolute top-1.5 left-1.5">
      <TileAction label={say("gallery.select")} pressed={chosen} onClick={(event) => onChoose(event.shiftKey)}>
        <Check size={16} aria-hidden />
      </TileAction>
    </div>
  );
}

/** Before a tile leaves, the keyboard moves on to the next one, or back to the one before. */
export function focusNeighbourOf(id: string): void {
  const tile = document.querySelector(`[data-picture="${id}"]`);
  if (!tile?.contains(document.activeElement)) return;
  const neighbour = tile.nextElementSibling ?? tile.previousElementSibling;
  neighbour?.querySelector<HTMLElement>("a, button")?.focus();
}
