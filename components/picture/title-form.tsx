"use client";

import { useEffect, useId, useRef, useState } from "react";
import { buttonClass } from "@/components/button";
import { useWords } from "@/components/language/words-provider";

type TitleFormProps = { title: string; longest: number; onSave: (title: string) => void; onCancel: () => void };

/** Writes a title: Enter saves, Escape leaves everything as it was, an empty one takes the title away. */
export function TitleForm({ title, longest, onSave, onCancel }: TitleFormProps) {
  const { say } = useWords();
  const [text, setText] = useState(title);
  const field = useRef<HTMLInputElement>(null);
  const noteId = useId();
  const excess = [...text.trim()].length - longest;
  useEffect(() => field.current?.select(), []);
  return (
    <form
      aria-label={say("picture.title")}
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (excess > 0) field.current?.focus();
        else onSave(text);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <input
        ref={field}
        aria-label={say("picture.title")}
        placeholder={say("picture.title")}
        dir="auto"
        autoComplete="off"
        value={text}
        aria-invalid={excess > 0}
        aria-describedby={noteId}
        onChange={(event) => setText(event.target.value)}
        className="min-h-11 w-full rounded-picture border border-edge bg-sheet px-3 placeholder:text-muted"
      />
      <p id={noteId} role="status" className="text-small text-danger empty:hidden">
        {excess > 0 && say("picture.titleTooLong", { longest })}
      </p>
      <div className="flex gap-2">
        <button type="submit" className={buttonClass("quiet")}>
          {say("picture.save")}
        </button>
        <button type="button" className={buttonClass("plain")} onClick={onCancel}>
          {say("picture.cancel")}
        </button>
      </div>
    </form>
  );
}
