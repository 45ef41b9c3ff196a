"use client";

import { Eraser, Undo2 } from "lucide-react";
import Link from "next/link";
import { useRef, useState } from "react";
import { buttonClass } from "@/components/button";
import { ConfirmDialog } from "@/components/feedback/confirm-dialog";
import type { Generation, GenerationPage } from "@/lib/gallery/generation";
import { LightTable } from "./light-table";
import { LoadMore } from "./load-more";
import { useShelf } from "./shelves-provider";
import { focusNeighbourOf, Tile, TileAction } from "./tile";
import { useItemActions } from "./use-item-actions";
import { useMore } from "./use-more";

/** What was moved to the trash, to be put back or erased for good. */
export function TrashView({ firstPage, asOf }: { firstPage: GenerationPage; asOf: number }) {
  const shelf = useShelf("trash", firstPage, asOf);
  const more = useMore("trash", shelf);
  const { restore, erase } = useItemActions();
  const [doomed, setDoomed] = useState<Generation | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  if (shelf.items.length === 0) return <EmptyTrash />;
  return (
    <div className="actions-shown">
      <LightTable label="Pictures in the trash" name="trash" shapes={shelf.items} total={shelf.total}>
        {(place) => {
          const item = shelf.items[place.index];
          if (!item) return null;
          const putBack = () => {
            focusNeighbourOf(item.id);
            void restore(item);
          };
          const askToErase = () => {
            setDoomed(item);
            dialog.current?.showModal();
          };
          return (
            <Tile
              key={item.id}
              item={item}
              place={place}
              href={`/gallery/${item.id}`}
              eager={false}
              keys={{ r: putBack, delete: askToErase }}
            >
              <TileAction label="Restore" onClick={putBack}>
                <Undo2 size={16} aria-hidden />
              </TileAction>
              <TileAction label="Erase for good" onClick={askToErase}>
                <Eraser size={16} aria-hidden />
              </TileAction>
            </Tile>
          );
        }}
      </LightTable>
      <LoadMore name="trash" shelf={shelf} more={more} />
      <ConfirmDialog
        ref={dialog}
        title="Erase this picture?"
        text="It is removed from storage with its prompt and cannot be brought back."
        confirmLabel="Erase for good"
        onConfirm={() => doomed && void erase(doomed)}
      />
    </div>
  );
}

function EmptyTrash() {
  return (
    <div className="flex flex-col items-start gap-5 py-10">
      <p className="text-muted">The trash is empty. Pictures that you move here stay until you erase them.</p>
      <Link href="/gallery" className={buttonClass("quiet")}>
        Open your gallery
      </Link>
    </div>
  );
}
