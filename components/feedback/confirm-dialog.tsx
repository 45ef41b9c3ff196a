"use client";

import type { ReactNode, Ref } from "react";
import { buttonClass } from "@/components/button";
import { Dialog } from "@/components/dialog";
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

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ ref, title, text, confirmLabel, onConfirm, children }: ConfirmDialogProps) {
  const { say } = useWords();
  return (
    <Dialog ref={ref} title={title} text={text} onClose={(answer) => answer === confirmed && onConfirm()}>
      {children}
      <form method="dialog" className="flex flex-wrap justify-end gap-2">
        <button type="submit" className={buttonClass("quiet")}>
          {say("frame.keep")}
        </button>
        <button type="submit" className={buttonClass("danger")} value={confirmed}>
          {confirmLabel}
        </button>
      </form>
    </Dialog>
  );
}
