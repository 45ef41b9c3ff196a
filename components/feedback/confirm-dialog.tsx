"use client";

import { type ReactNode, type Ref, useId } from "react";
import { buttonClass } from "@/components/button";
import { useWords } from "@/components/language/words-provider";

type ConfirmDialogProps = {
  /** Open it with `showModal()`. */
  ref: Ref<HTMLDialogElement>;
  title: string;
  text: string;
  confirmLabel: string;
  onConfirm: () => void;
  /** What it is about, to be seen. */
  children?: ReactNode;
};

const confirmed = "confirmed";

/** Asks before something that cannot be undone. The platform's own dialog: it holds the focus and closes with Escape. */
export function ConfirmDialog({ ref, title, text, confirmLabel, onConfirm, children }: ConfirmDialogProps) {
  const { say } = useWords();
  const titleId = useId();
  const textId = useId();
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      aria-describedby={textId}
      onClose={(event) => {
        const { currentTarget } = event;
        if (currentTarget.returnValue === confirmed) onConfirm();
        currentTarget.returnValue = "";
      }}
      className="rise w-[min(26rem,calc(100vw-2rem))] rounded-large border border-line bg-sheet p-6 shadow-lift"
    >
      <form method="dialog" className="flex flex-col gap-5">
        <div className="flex flex-col gap-2">
          <h2 id={titleId} className="font-serif text-large">
            {title}
          </h2>
          <p id={textId} className="text-muted">
            {text}
          </p>
        </div>
        {children}
        <div className="flex flex-wrap justify-end gap-2">
          <button type="submit" className={buttonClass("quiet")}>
            {say("frame.keep")}
          </button>
          <button type="submit" className={buttonClass("danger")} value={confirmed}>
            {confirmLabel}
          </button>
        </div>
      </form>
    </dialog>
  );
}
