"use client";

import { type Ref, useEffect, useRef } from "react";
import { Dialog } from "@/components/dialog";
import { useWords } from "@/components/language/words-provider";
import type { Collection } from "@/lib/gallery/collection";
import type { Generation } from "@/lib/gallery/generation";
import { useCollections } from "./collections-provider";
import { NewCollection } from "./new-collection";
import { useMembership } from "./use-membership";

type CollectDialogProps = {
  /** Open it with `showModal()`. */
  ref: Ref<HTMLDialogElement>;
  items: readonly Generation[];
  /** Something has changed, and the server knows. */
  onChanged?: () => void;
};

/** Which collections pictures are in: each is a box to tick, and a new one takes them in at once. */
export function CollectDialog({ ref, items, onChanged }: CollectDialogProps) {
  const { collections, refresh } = useCollections();
  const { say } = useWords();
  const collect = useMembership();
  const isUnknown = collections === null;
  useEffect(() => {
    if (isUnknown) void refresh();
  }, [isUnknown, refresh]);
  const change = (collection: Collection, isIn: boolean) => void collect(items, collection, isIn).then(onChanged);
  return (
    <Dialog
      ref={ref}
      closeLabel={say("collections.done")}
      title={say("collections.title")}
      text={items.length === 1 ? say("collections.several") : say("pictures", { count: items.length })}
    >
      {collections && collections.length > 0 && (
        <ul className="-mx-2 max-h-[min(20rem,50dvh)] overflow-y-auto overscroll-contain px-2">
          {collections.map((collection) => (
            <li key={collection.id} className="border-b border-line last:border-b-0">
              <Membership collection={collection} items={items} onChange={(isIn) => change(collection, isIn)} />
            </li>
          ))}
        </ul>
      )}
      <NewCollection onCreated={(made) => change(made, true)} />
    </Dialog>
  );
}

type MembershipProps = { collection: Collection; items: readonly Generation[]; onChange: (isIn: boolean) => void };

function Membership({ collection, items, onChange }: MembershipProps) {
  const { number } = useWords();
  const box = useRef<HTMLInputElement>(null);
  const count = items.filter(({ collections }) => collections.includes(collection.id)).length;
  const isAll = count > 0 && count === items.length;
  useEffect(() => {
    if (box.current) box.current.indeterminate = count > 0 && !isAll;
  }, [count, isAll]);
  return (
    <label className="flex min-h-11 items-center gap-3 py-1">
      <input ref={box} type="checkbox" className="size-5 shrink-0" checked={isAll} onChange={() => onChange(!isAll)} />
      <bdi className="line-clamp-2 min-w-0 flex-1 wrap-anywhere">{collection.title}</bdi>
      <span className="shrink-0 text-small text-muted tabular-nums">{number(collection.count)}</span>
    </label>
  );
}
