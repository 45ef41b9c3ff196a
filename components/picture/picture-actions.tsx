"use client";

import { Copy, Download, Eraser, FileImage, FolderPlus, PencilLine, Shuffle, Trash2, Undo2 } from "lucide-react";
import { useRef, useState } from "react";
import { buttonClass } from "@/components/button";
import { CollectDialog } from "@/components/collections/collect-dialog";
import { ConfirmDialog } from "@/components/feedback/confirm-dialog";
import { useToast } from "@/components/feedback/toaster";
import { DoomedPictures } from "@/components/gallery/doomed-pictures";
import { useItemActions } from "@/components/gallery/use-item-actions";
import { useWords } from "@/components/language/words-provider";
import { ShareButton } from "@/components/sharing/share-button";
import { pressOnce, useKeys } from "@/components/use-keys";
import type { Generation } from "@/lib/gallery/generation";
import { features } from "@/lib/site";
import { FavoriteToggle } from "./favorite-toggle";
import { fileName } from "./file-name";
import { SharePicture } from "./share-picture";

export type PictureActionsProps = {
  item: Generation;
  /** Name of the offered size that the picture has, if it has one. */
  size: string | undefined;
  /** Something about the picture has changed. */
  onChanged: () => void;
  /** It is no longer where it was. */
  onGone: () => void;
  /** The form is filled, or a picture is being made: both are in the gallery. */
  onMake: () => void;
};

/** What one can do with a picture; the keys F, V, C and Delete do the same as their buttons. */
export function PictureActions({ item, size, onChanged, onGone, onMake }: PictureActionsProps) {
  const { trash, restore, erase, vary, remake } = useItemActions();
  const { say } = useWords();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const collecting = useRef<HTMLDialogElement>(null);

  async function then(action: Promise<boolean>, next: () => void) {
    setBusy(true);
    if (await action) next();
    setBusy(false);
  }

  async function copyPrompt() {
    try {
      await navigator.clipboard.writeText(item.prompt);
      toast(say("done.copied"));
    } catch {
      toast(say("done.notCopied"));
    }
  }

  const moveToTrash = () => void then(trash(item), onGone);
  const makeVariation = () => {
    vary(item, size);
    onMake();
  };
  useKeys(item.trashedAt ? {} : { delete: moveToTrash, v: makeVariation, c: () => void copyPrompt() });

  if (item.trashedAt) {
    return (
      <div className="flex flex-col gap-4">
        <p className="border-l-2 border-accent pl-3 text-small text-muted">{say("picture.inTrash")}</p>
        <div className="flex flex-wrap gap-2">
          <button type="button" className={buttonClass("primary")} disabled={busy} onClick={() => void then(restore(item), onChanged)}>
            <Undo2 size={16} aria-hidden />
            {say("trash.restore")}
          </button>
          <button type="button" className={buttonClass("danger")} disabled={busy} onClick={() => dialog.current?.showModal()}>
            <Eraser size={16} aria-hidden />
            {say("trash.erase")}
          </button>
        </div>
        <ConfirmDialog
          ref={dialog}
          title={say("trash.eraseOne")}
          text={say("trash.eraseOneText")}
          confirmLabel={say("trash.erase")}
          onConfirm={() => void then(erase(item), onGone)}
        >
          <DoomedPictures items={[item]} total={1} />
        </ConfirmDialog>
      </div>
    );
  }

  return (
    <div className="grid grid-cols-2 gap-2 [&>:not(dialog)]:px-3 [&>:not(dialog)]:text-center [&>:not(dialog)]:whitespace-normal">
      <button type="button" className={`${buttonClass("primary")} col-span-2`} onKeyDown={pressOnce} onClick={makeVariation}>
        <Shuffle size={16} aria-hidden />
        {say("gallery.vary")}
      </button>
      <FavoriteToggle item={item} onChanged={onChanged} />
      <button
        type="button"
        className={buttonClass("quiet")}
        title={say("picture.remakeHint")}
        onClick={() => {
          remake(item, size);
          onMake();
        }}
      >
        <PencilLine size={16} aria-hidden />
        {say("picture.remake")}
      </button>
      <a
        href={`${item.imageUrl}?labelled=true`}
        download={fileName(item)}
        className={buttonClass("quiet")}
        title={say("picture.downloadHint")}
      >
        <Download size={16} aria-hidden />
        {say("picture.download")}
      </a>
      <a href={item.imageUrl} download={fileName(item)} className={buttonClass("quiet")} title={say("picture.plainHint")}>
        <FileImage size={16} aria-hidden />
        {say("picture.plain")}
      </a>
      <SharePicture item={item} />
      <button type="button" className={buttonClass("quiet")} onClick={() => void copyPrompt()}>
        <Copy size={16} aria-hidden />
        {say("picture.copy")}
      </button>
      {features.collections && (
        <>
          <button type="button" className={buttonClass("quiet")} onClick={() => collecting.current?.showModal()}>
            <FolderPlus size={16} aria-hidden />
            {say("collections.title")}
          </button>
          <CollectDialog ref={collecting} items={[item]} onChanged={onChanged} />
        </>
      )}
      {features.sharing && <ShareButton of={{ picture: item.id }} />}
      <button type="button" className={buttonClass("quiet")} disabled={busy} onClick={moveToTrash}>
        <Trash2 size={16} aria-hidden />
        {say("gallery.trash")}
      </button>
    </div>
  );
}
