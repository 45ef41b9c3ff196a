"use client";

import { type Ref, useId, useState } from "react";
import { buttonClass } from "@/components/button";
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
  const [titleId, textId, fieldId] = [useId(), useId(), useId()];
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      aria-describedby={textId}
      onClose={({ currentTarget }) => {
        if (currentTarget.returnValue === confirmed && typed === username) onConfirm();
        currentTarget.returnValue = "";
        setTyped("");
      }}
      className="rise w-[min(26rem,calc(100vw-2rem))] rounded-large border border-line bg-sheet p-6 shadow-lift"
    >
      <form method="dialog" className="flex flex-col gap-5">
        <div className="flex flex-col gap-2">
          <h2 id={titleId} className="font-serif text-large">
            {say("erase.question")}
          </h2>
          <p id={textId} className="text-muted">
            {say("erase.questionText")}
          </p>
        </div>
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
    </dialog>
  );
}
