"use client";

import { ArrowLeft, ArrowRight, FolderX } from "lucide-react";
import type { RefObject } from "react";
import { buttonClass } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { useWords } from "@/components/language/words-provider";
import { TitleForm } from "@/components/picture/title-form";
import type { Collection } from "@/lib/gallery/collection";
import { limits } from "@/lib/gallery/generation";
import { useCollectionActions } from "./use-collection-actions";

type EditCollectionProps = {
  /** Open it with `showModal()`. */
  ref: RefObject<HTMLDialogElement | null>;
  collection: Collection;
  collections: readonly Collection[];
  onRemoved: () => void;
};

/** Renames a collection, puts it earlier or later among the others, or removes it. */
export function EditCollection({ ref, collection, collections, onRemoved }: EditCollectionProps) {
  const { say } = useWords();
  const { rename, move, remove } = useCollectionActions();
  const index = collections.findIndex(({ id }) => id === collection.id);
  const close = () => ref.current?.close();
  return (
    <Dialog ref={ref} title={say("collections.edit")}>
      <TitleForm
        key={collection.title}
        title={collection.title}
        longest={limits.titleCharacters}
        onSave={(title) => {
          close();
          if (title.trim() && title.trim() !== collection.title) void rename(collection, title);
        }}
        onCancel={close}
      />
      <div className="flex flex-wrap gap-2 border-t border-line pt-5">
        <button
          type="button"
          className={buttonClass("quiet")}
          disabled={index <= 0}
          onClick={() => void move(collection, collections[index - 1]?.id ?? null)}
        >
          <ArrowLeft size={16} aria-hidden />
          {say("collections.earlier")}
        </button>
        <button
          type="button"
          className={buttonClass("quiet")}
          disabled={index === collections.length - 1}
          onClick={() => void move(collection, collections[index + 2]?.id ?? null)}
        >
          {say("collections.later")}
          <ArrowRight size={16} aria-hidden />
        </button>
        <button
          type="button"
          className={buttonClass("danger")}
          onClick={() => {
            close();
            onRemoved();
            void remove(collection);
          }}
        >
          <FolderX size={16} aria-hidden />
          {say("collections.remove")}
        </button>
      </div>
    </Dialog>
  );
}
