"use client";

import { type RefObject, useId } from "react";
import { buttonClass } from "@/components/button";
import { MessagePlace } from "@/components/feedback/message-place";
import { useWords } from "@/components/language/words-provider";
import type { Generation } from "@/lib/gallery/generation";

/** Two pictures side by side, with what tells them apart. Open it with `showModal()`. */
export function CompareDialog({ ref, pair }: { ref: RefObject<HTMLDialogElement | null>; pair: readonly [Generation, Generation] }) {
  const { say } = useWords();
  const titleId = useId();
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      className="rise [--bar-height:0px] max-h-[calc(100dvh-1rem)] w-[min(90rem,calc(100vw-1rem))] max-w-none overflow-y-auto rounded-large border border-line bg-sheet p-4 shadow-lift sm:p-6"
    >
      <form method="dialog" className="flex items-center justify-between pb-4">
        <h2 id={titleId} className="font-serif text-large">
          {say("gallery.compared")}
        </h2>
        <button type="submit" className={buttonClass("quiet")}>
          {say("frame.close")}
        </button>
      </form>
      <div className="grid grid-cols-2 gap-3 sm:gap-6">
        {pair.map((item) => (
          <figure key={item.id} className="flex min-w-0 flex-col gap-3">
            <img
              src={item.imageUrl}
              alt={item.title ?? item.prompt}
              width={item.width}
              height={item.height}
              className="picture-ground h-auto max-h-[65dvh] w-full object-contain"
            />
            <figcaption className="flex flex-col gap-1 text-small">
              <span className="line-clamp-6 wrap-anywhere" dir="auto">
                {item.title ?? item.prompt}
              </span>
              <span className="text-muted tabular-nums">
                {say("gallery.facts", { width: String(item.width), height: String(item.height), seed: String(item.seed) })}
              </span>
            </figcaption>
          </figure>
        ))}
      </div>
      <MessagePlace />
    </dialog>
  );
}
