"use client";

import { Eraser, Undo2 } from "lucide-react";
import { memo } from "react";
import { useWords } from "@/components/language/words-provider";
import type { Generation } from "@/lib/gallery/generation";
import type { Place } from "./light-table";
import { type Choice, focusNeighbourOf, Tile } from "./tile";
import { TileAction } from "./tile-action";
import type { ItemActions } from "./use-item-actions";

type TrashTileProps = Place &
  Choice & {
    item: Generation;
    days: number;
    now: number;
    actions: ItemActions;
    onErase: (item: Generation) => void;
    onOpen: (id: string) => void;
  };

const dayMs = 86_400_000;

/** A picture in the trash, and how long it stays there. */
export const TrashTile = memo(function TrashTile({
  item,
  days,
  now,
  actions,
  onErase,
  onOpen,
  chosen,
  choosing,
  onChoose,
  ...place
}: TrashTileProps) {
  const { say } = useWords();
  const restore = () => {
    focusNeighbourOf(item.id);
    void actions.restore(item);
  };
  const erase = () => onErase(item);
  return (
    <Tile
      item={item}
      place={place}
      href={`/gallery/${item.id}`}
      onOpen={() => onOpen(item.id)}
      choice={{ chosen, choosing, onChoose }}
      keys={{ r: restore, delete: erase }}
      corner={
        <p className="pointer-events-none absolute top-1.5 right-1.5 rounded-full bg-shade px-2.5 py-1 text-small text-on-shade tabular-nums">
          {say("trash.daysLeft", { count: daysLeft(item.trashedAt, days, now) })}
        </p>
      }
      showsActions
    >
      <TileAction label={say("trash.restore")} onClick={restore}>
        <Undo2 size={16} aria-hidden />
      </TileAction>
      <TileAction label={say("trash.erase")} onClick={erase}>
        <Eraser size={16} aria-hidden />
      </TileAction>
    </Tile>
  );
});

/** In whole days that have begun. */
function daysLeft(trashedAt: string | null, days: number, now: number): number {
  return trashedAt === null ? days : Math.max(0, Math.ceil((Date.parse(trashedAt) + days * dayMs - now) / dayMs));
}
