"use client";

import { Copy, Download, Eraser, FileImage, PencilLine, Shuffle, Trash2, Undo2 } from "lucide-react";
import { useRef, useState } from "react";
import { buttonClass } from "@/components/button";
import { ConfirmDialog } from "@/components/feedback/confirm-dialog";
import { useToast } from "@/components/feedback/toaster";
import { DoomedPictures } from "@/components/gallery/doomed-pictures";
import { useItemActions } from "@/components/gallery/use-item-actions";
import { useKeys } from "@/components/use-keys";
import type { Generation } from "@/lib/gallery/generation";
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
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);

  async function then(action: Promise<boolean>, next: () => void) {
    setBusy(true);
    if (await action) next();
    setBusy(false);
  }

  async function copyPrompt() {
    try {
      await navigator.clipboard.writeText(item.prompt);
      toast("Prompt copied.");
    } catch {
      toast("This browser does not allow copying here. Select the prompt and copy it yourself.");
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
        <p className="border-l-2 border-accent pl-3 text-small text-muted">This picture is in the trash.</p>
        <div className="flex flex-wrap gap-2">
          <button type="button" className={buttonClass("primary")} disabled={busy} onClick={() => void then(restore(item), onChanged)}>
            <Undo2 size={16} aria-hidden />
            Restore
          </button>
          <button type="button" className={buttonClass("danger")} disabled={busy} onClick={() => dialog.current?.showModal()}>
            <Eraser size={16} aria-hidden />
            Erase for good
          </button>
        </div>
        <ConfirmDialog
          ref={dialog}
          title="Erase this picture?"
          text="It is removed from storage with its prompt and cannot be brought back."
          confirmLabel="Erase for good"
          onConfirm={() => void then(erase(item), onGone)}
        >
          <DoomedPictures items={[item]} total={1} />
        </ConfirmDialog>
      </div>
    );
  }

  return (
    <div className="flex flex-wrap gap-2">
      <FavoriteToggle item={item} onChanged={onChanged} />
      <button type="button" className={buttonClass("primary")} onClick={makeVariation}>
        <Shuffle size={16} aria-hidden />
        Make a variation
      </button>
      <button
        type="button"
        className={buttonClass("quiet")}
        title="Fills the form with its prompt, size and seed"
        onClick={() => {
          remake(item, size);
          onMake();
        }}
      >
        <PencilLine size={16} aria-hidden />
        Remake
      </button>
      <a
        href={`${item.imageUrl}?labelled=true`}
        download={fileName(item)}
        className={buttonClass("quiet")}
        title="With the prompt and settings in the file"
      >
        <Download size={16} aria-hidden />
        Download
      </a>
      <a href={item.imageUrl} download={fileName(item)} className={buttonClass("quiet")} title="Without prompt and settings in the file">
        <FileImage size={16} aria-hidden />
        Without words
      </a>
      <SharePicture item={item} />
      <button type="button" className={buttonClass("quiet")} onClick={() => void copyPrompt()}>
        <Copy size={16} aria-hidden />
        Copy prompt
      </button>
      <button type="button" className={buttonClass("quiet")} disabled={busy} onClick={moveToTrash}>
        <Trash2 size={16} aria-hidden />
        Move to trash
      </button>
    </div>
  );
}
