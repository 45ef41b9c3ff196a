"use client";

import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { buttonClass } from "@/components/button";
import { useWords } from "@/components/language/words-provider";
import type { Collection } from "@/lib/gallery/collection";
import { limits } from "@/lib/gallery/generation";
import { useCollectionActions } from "./use-collection-actions";

/** Begins a collection: a name, and Enter. */
export function NewCollection({ onCreated }: { onCreated: (collection: Collection) => void }) {
  const { say } = useWords();
  const { create } = useCollectionActions();
  const [title, setTitle] = useState("");
  const [busy, setBusy] = useState(false);
  const noteId = useId();
  const excess = [...title.trim()].length > limits.titleCharacters;

  async function begin() {
    if (!title.trim() || excess || busy) return;
    setBusy(true);
    const made = await create(title);
    setBusy(false);
    if (!made) return;
    setTitle("");
    onCreated(made);
  }

  return (
    <form
      aria-label={say("collections.new")}
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <div className="flex gap-2">
        <input
          aria-label={say("collections.newName")}
          placeholder={say("collections.new")}
          dir="auto"
          autoComplete="off"
          value={title}
          aria-invalid={excess}
          aria-describedby={noteId}
          onChange={(event) => setTitle(event.target.value)}
          className="min-h-11 w-full min-w-0 rounded-picture border border-edge bg-sheet px-3 placeholder:text-muted"
        />
        <button type="submit" className={buttonClass("quiet")} disabled={busy || !title.trim()}>
          <Plus size={16} aria-hidden />
          {say("collections.begin")}
        </button>
      </div>
      <p id={noteId} role="status" className="text-small text-danger empty:hidden">
        {excess && say("picture.titleTooLong", { longest: limits.titleCharacters })}
      </p>
    </form>
  );
}
