"use client";

import { type Ref, useId, useState } from "react";
import { buttonClass } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { useWords } from "@/components/language/words-provider";

type EraseDialogProps = {
  /** Open it with `showModal()`. */
  ref: Ref<HTMLDialogElement>;
  username: string;
  onConfirm: () => void;
};

const confirmed = "confirmed";

/** Asks for the person's own user name before everything is erased: a slip of the hand is not enough. */
export function EraseDialog({ ref, username, onConfirm }: EraseDialogProps) {
  const { pieces, say } = useWords();
  const [typed, setTyped] = useState("");
  const fieldId = useId();
  return (
    <Dialog
      ref={ref}
      title={say("erase.question")}
      text={say("erase.questionText")}
      onClose={(answer) => {
        if (answer === confirmed && typed === username) onConfirm();
        setTyped("");
      }}
    >
      <form method="dialog" className="flex flex-col gap-5">
        <div className="flex flex-col gap-2">
          <label htmlFor={fieldId} className="text-small wrap-anywhere">
            {pieces("erase.typeName", {
              username: (
                <strong key="username" className="font-medium">
                  {username}
                </strong>
              ),
            })}
          </label>
          <input
            id={fieldId}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="min-h-11 w-full rounded-picture border border-edge bg-sheet px-3"
          />
        </div>
        <div className="flex flex-row-reverse flex-wrap gap-2">
          {/* First in the markup: Enter in the field means this one, and nothing while the name is not typed. */}
          <button type="submit" className={buttonClass("danger")} value={confirmed} disabled={typed !== username}>
            {say("erase.title")}
          </button>
          <button type="submit" className={buttonClass("quiet")}>
            {say("frame.keep")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
