"use client";

import { X } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { excerpt } from "@/components/excerpt";
import { useWords } from "@/components/language/words-provider";
import { PicturePanel } from "@/components/picture/picture-panel";
import { Stage, type Step, usePreloaded } from "@/components/picture/stage";
import { useKeys } from "@/components/use-keys";
import { useTitle } from "@/components/use-title";
import type { Generation } from "@/lib/gallery/generation";
import { growFrom, useOnlyThis } from "./over-the-page";

type ViewerProps = {
  items: readonly Generation[];
  id: string;
  total: number;
  addressOf: (id: string) => string;
  sizeOf: (item: Generation) => string | undefined;
  longestTitle: number;
  onShow: (id: string) => void;
  onClose: () => void;
  onMake: () => void;
};

/** One picture over the grid, with its neighbours an arrow or a swipe away. What leaves the list makes room for the one after it. */
export function Viewer({ items, id, total, addressOf, sizeOf, longestTitle, onShow, onClose, onMake }: ViewerProps) {
  const { say } = useWords();
  const index = items.findIndex((item) => item.id === id);
  const item = items[index];
  const last = useRef({ id, index });
  const overlay = useRef<HTMLDivElement>(null);
  useOnlyThis(overlay);
  useKeys({ escape: onClose });
  useEffect(() => {
    if (index !== -1) last.current = { id, index };
    else if (last.current.index === -1) location.reload();
    else {
      const heir = items[Math.min(last.current.index, items.length - 1)];
      if (heir) onShow(heir.id);
      else onClose();
    }
  }, [id, index, items, onClose, onShow]);
  useEffect(() => {
    // What had the focus may have gone with a picture, as the way to the next does at the last one.
    if (document.activeElement === document.body) overlay.current?.focus({ preventScroll: true });
  });
  const firstId = useRef(id);
  useLayoutEffect(() => growFrom(firstId.current, overlay.current), []);
  const name = item && (item.title ?? item.prompt);
  useTitle(name);
  const stepTo = (neighbour: Generation | undefined): Step | null =>
    neighbour ? { id: neighbour.id, href: addressOf(neighbour.id) } : null;
  // On a slow line they would share what the one that is looked at needs alone.
  const [loadedId, setLoadedId] = useState<string | null>(null);
  usePreloaded(loadedId === id ? [items[index + 1], items[index - 1]] : []);
  return createPortal(
    <div
      ref={overlay}
      role="dialog"
      aria-modal="true"
      aria-label={say("picture.label")}
      tabIndex={-1}
      className="viewer fixed inset-0 z-30 overflow-y-auto overscroll-contain bg-paper outline-none focus-visible:shadow-none lg:grid lg:grid-cols-[minmax(0,1fr)_24rem] lg:overflow-hidden"
    >
      <div className="stage-over">
        {item && (
          <Stage
            item={item}
            previous={stepTo(items[index - 1])}
            next={stepTo(items[index + 1])}
            onStep={(step) => onShow(step.id)}
            onLoaded={() => setLoadedId(item.id)}
          />
        )}
      </div>
      <div className="min-w-0 overscroll-contain px-4 pb-10 sm:px-6 lg:overflow-y-auto lg:border-l lg:border-line">
        <div className="sticky top-0 z-10 -mx-4 mb-2 flex min-h-14 items-center justify-between bg-paper px-4 sm:-mx-6 sm:px-6">
          <p role="status" className="text-small text-muted tabular-nums">
            {item && say("picture.placeOf", { index: index + 1, total: Math.max(total, index + 1) })}
            {name && (
              <span dir="auto" className="sr-only">
                {` · ${excerpt(name)}`}
              </span>
            )}
          </p>
          <button
            type="button"
            aria-label={say("frame.close")}
            title={say("picture.close")}
            onClick={onClose}
            className="-mr-3 grid size-11 place-items-center rounded-full hover:bg-wash max-lg:fixed max-lg:top-2 max-lg:right-5 max-lg:bg-shade max-lg:text-on-shade"
          >
            <X size={20} aria-hidden />
          </button>
        </div>
        {item && (
          <PicturePanel
            item={item}
            size={sizeOf(item)}
            longestTitle={longestTitle}
            onChanged={() => undefined}
            onGone={() => undefined}
            onMake={onMake}
          />
        )}
      </div>
    </div>,
    document.body,
  );
}
