"use client";

import { useId } from "react";
import { useWords } from "@/components/language/words-provider";
import { turnSingleKeys, useSingleKeys } from "@/components/single-keys";

/** Turns single keys off and on in this browser: who speaks to a computer presses many without meaning to. */
export function SingleKeysBox() {
  const { say } = useWords();
  const on = useSingleKeys();
  const textId = useId();
  return (
    <div className="flex flex-col gap-2">
      <label className="-my-2.5 flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          className="size-5 shrink-0"
          checked={on}
          aria-describedby={textId}
          onChange={(event) => turnSingleKeys(event.target.checked)}
        />
        {say("keys.single")}
      </label>
      <p id={textId} className="text-small text-muted">
        {say("keys.singleText")}
      </p>
    </div>
  );
}
