"use client";

import { SlidersHorizontal } from "lucide-react";
import { useRef } from "react";
import { buttonClass } from "@/components/button";
import { useWords } from "@/components/language/words-provider";
import { ShareButton } from "@/components/sharing/share-button";
import { useTitle } from "@/components/use-title";
import type { Collection } from "@/lib/gallery/collection";
import { features } from "@/lib/site";
import { EditCollection } from "./edit-collection";

type CollectionHeadingProps = { collection: Collection; collections: readonly Collection[]; onRemoved: () => void };

/** The name of the collection that is open, and the way to change it. */
export function CollectionHeading({ collection, collections, onRemoved }: CollectionHeadingProps) {
  const { say } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const { title } = collection;
  useTitle(title);
  return (
    <div className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <h1 id="pictures" dir="auto" className="line-clamp-3 min-w-0 flex-1 basis-40 font-serif text-large wrap-anywhere">
        {title}
      </h1>
      <div className="flex flex-wrap gap-2">
        {features.sharing && <ShareButton of={{ collection: collection.id }} />}
        <button type="button" className={buttonClass("quiet")} onClick={() => dialog.current?.showModal()}>
          <SlidersHorizontal size={16} aria-hidden />
          {say("collections.edit")}
        </button>
      </div>
      <EditCollection ref={dialog} collection={collection} collections={collections} onRemoved={onRemoved} />
    </div>
  );
}
