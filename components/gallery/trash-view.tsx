"use client";

import { Download, Eraser, Undo2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback, useRef, useState } from "react";
import { buttonClass } from "@/components/button";
import { ConfirmDialog } from "@/components/feedback/confirm-dialog";
import { useWords } from "@/components/language/words-provider";
import type { Generation, GenerationPage } from "@/lib/gallery/generation";
import { DoomedPictures } from "./doomed-pictures";
import { LightTable } from "./light-table";
import { LoadMore } from "./load-more";
import { BarAction, DownloadSelection, SelectionBar } from "./selection-bar";
import { useShelf } from "./shelves-provider";
import { TrashTile } from "./trash-tile";
import { useItemActions } from "./use-item-actions";
import { useMore } from "./use-more";
import { useSelection } from "./use-selection";

type TrashViewProps = { firstPage: GenerationPage; asOf: number; days: number; mostSelected: number };

/** What was moved to the trash, to be put back or erased for good, by hand or after so many days. */
export function TrashView({ firstPage, asOf, days, mostSelected }: TrashViewProps) {
  const { say } = useWords();
  const shelf = useShelf("trash", firstPage, asOf);
  const more = useMore("trash", shelf);
  const actions = useItemActions();
  const selection = useSelection(shelf.items, mostSelected, true);
  const router = useRouter();
  const open = useCallback((id: string) => router.push(`/gallery/${id}`), [router]);
  const [doomed, setDoomed] = useState<Generation | null>(null);
  const [asked, setAsked] = useState(0);
  const erasing = useRef<HTMLDialogElement>(null);
  const emptying = useRef<HTMLDialogElement>(null);
  const askToErase = useCallback((item: Generation) => {
    setDoomed(item);
    erasing.current?.showModal();
  }, []);
  if (shelf.items.length === 0 && shelf.nextCursor === null) return <EmptyTrash days={days} />;
  return (
    <div className="actions-shown flex flex-col gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-muted">{say("trash.text", { count: days })}</p>
        <button
          type="button"
          className={buttonClass("danger")}
          onClick={() => {
            setAsked(Date.now());
            emptying.current?.showModal();
          }}
        >
          <Eraser size={16} aria-hidden />
          {say("trash.empty")}
        </button>
      </div>
      <LightTable label={say("trash.pictures")} name="trash" shapes={shelf.items} total={shelf.total} choosing={selection.items.length > 0}>
        {(place) => {
          const item = shelf.items[place.index];
          if (!item) return null;
          const choice = { chosen: selection.has(item.id), choosing: selection.items.length > 0, onChoose: selection.choose };
          return (
            <TrashTile
              key={item.id}
              {...place}
              {...choice}
              item={item}
              days={days}
              now={asOf}
              actions={actions}
              onErase={askToErase}
              onOpen={open}
            />
          );
        }}
      </LightTable>
      <LoadMore name="trash" shelf={shelf} more={more} />
      <SelectionBar selection={selection} loaded={shelf.items.length}>
        <BarAction
          label={say("trash.restore")}
          onClick={() => {
            selection.clear();
            void actions.markAll(selection.items, { trashed: false });
          }}
        >
          <Undo2 size={18} aria-hidden />
        </BarAction>
        <DownloadSelection selection={selection}>
          <Download size={18} aria-hidden />
        </DownloadSelection>
      </SelectionBar>
      <ConfirmDialog
        ref={erasing}
        title={say("trash.eraseOne")}
        text={say("trash.eraseOneText")}
        confirmLabel={say("trash.erase")}
        onConfirm={() => doomed && void actions.erase(doomed)}
      >
        {doomed && <DoomedPictures items={[doomed]} total={1} />}
      </ConfirmDialog>
      <ConfirmDialog
        ref={emptying}
        title={say("trash.eraseAll", { pictures: say("pictures", { count: shelf.total }) })}
        text={say("trash.eraseAllText")}
        confirmLabel={say("trash.empty")}
        onConfirm={() => void actions.emptyTrash(asked)}
      >
        <DoomedPictures items={shelf.items} total={shelf.total} />
      </ConfirmDialog>
    </div>
  );
}

function EmptyTrash({ days }: { days: number }) {
  const { say } = useWords();
  return (
    <div className="flex flex-col items-start gap-5 py-10">
      <p className="text-muted">{say("trash.isEmpty", { count: days })}</p>
      <Link href="/gallery" className={buttonClass("quiet")}>
        {say("frame.openGallery")}
      </Link>
    </div>
  );
}
