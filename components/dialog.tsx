"use client";

import { type ReactNode, type Ref, useId } from "react";
import { buttonClass } from "@/components/button";
import { MessagePlace } from "@/components/feedback/message-place";

type DialogProps = {
  /** Open it with `showModal()`. */
  ref: Ref<HTMLDialogElement>;
  title: string;
  text?: string;
  isWide?: boolean;
  /** For a button at the foot that only closes it. */
  closeLabel?: string;
  /** Called with the value of the button that closed it; empty after Escape. */
  onClose?: (answer: string) => void;
  children: ReactNode;
};

/** The platform's own dialog, under a title: it holds the focus and closes with Escape. */
export function Dialog({ ref, title, text, isWide = false, closeLabel, onClose, children }: DialogProps) {
  const [titleId, textId] = [useId(), useId()];
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      aria-describedby={text && textId}
      onClose={({ currentTarget }) => {
        const answer = currentTarget.returnValue;
        currentTarget.returnValue = "";
        onClose?.(answer);
      }}
      // Nothing lies over the lower edge of what is modal, so its messages need not stay clear of a bar.
      className={`rise [--bar-height:0px] rounded-large border border-line bg-sheet p-6 shadow-lift ${isWide ? "w-[min(32rem,calc(100vw-2rem))]" : "w-[min(26rem,calc(100vw-2rem))]"}`}
    >
      <div className="flex flex-col gap-5">
        <div className="flex flex-col gap-2">
          <h2 id={titleId} className="font-serif text-large">
            {title}
          </h2>
          {text && (
            <p id={textId} className="text-muted">
              {text}
            </p>
          )}
        </div>
        {children}
        {closeLabel && (
          <form method="dialog" className="flex justify-end">
            <button type="submit" className={buttonClass("quiet")}>
              {closeLabel}
            </button>
          </form>
        )}
      </div>
      <MessagePlace />
    </dialog>
  );
}
