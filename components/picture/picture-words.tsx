"use client";

import { Pencil } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useItemActions } from "@/components/gallery/use-item-actions";
import { useWords } from "@/components/language/words-provider";
import type { Generation } from "@/lib/gallery/generation";
import { PromptText } from "./prompt-text";
import { TitleForm } from "./title-form";

/** Title and prompt of a picture. A new title shows at once; what was there comes back when the server refuses. */
export function PictureWords({ item, longestTitle, onChanged }: { item: Generation; longestTitle: number; onChanged: () => void }) {
  const { say } = useWords();
  const { rename } = useItemActions();
  const [title, setTitle] = useState(item.title);
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => setTitle(item.title), [item.title]);
  useEffect(() => {
    // The keyboard returns to where it came from.
    if (wasEditing.current && !editing) button.current?.focus();
    wasEditing.current = editing;
  }, [editing]);

  async function save(wanted: string) {
    setEditing(false);
    if (wanted.trim() === (title ?? "")) return;
    setTitle(wanted.trim() || null);
    if (await rename({ ...item, title }, wanted)) onChanged();
    else setTitle(title);
  }

  return (
    <div className="flex flex-col gap-3">
      {editing && (
        <TitleForm title={title ?? ""} longest={longestTitle} onSave={(wanted) => void save(wanted)} onCancel={() => setEditing(false)} />
      )}
      {!editing && title !== null && (
        <div className="flex items-start justify-between gap-2">
          <h1 dir="auto" className="min-w-0 flex-1 font-serif text-large wrap-anywhere">
            {title}
          </h1>
          <button
            ref={button}
            type="button"
            aria-label={say("picture.rename")}
            title={say("picture.rename")}
            className="-mt-1.5 grid size-11 shrink-0 place-items-center rounded-full text-muted hover:bg-wash hover:text-ink"
            onClick={() => setEditing(true)}
          >
            <Pencil size={16} aria-hidden />
          </button>
        </div>
      )}
      <PromptText prompt={item.prompt} isHeading={editing || title === null} />
      {!editing && title === null && (
        <button
          ref={button}
          type="button"
          className="-my-2.5 flex min-h-11 items-center gap-2 self-start rounded-full text-small text-muted hover:text-ink"
          onClick={() => setEditing(true)}
        >
          <Pencil size={14} aria-hidden />
          {say("picture.addTitle")}
        </button>
      )}
    </div>
  );
}
