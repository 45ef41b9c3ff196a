"use client";

import { useId, useRef } from "react";
import { buttonClass } from "@/components/button";
import { useKeys } from "@/components/use-keys";

const shortcuts = [
  ["Arrow keys, Home, End", "Go from picture to picture"],
  ["Enter", "Open the picture"],
  ["Escape", "Back to the gallery; end the selection"],
  ["F", "Favourite"],
  ["V", "Make a variation"],
  ["C", "Copy the prompt, in an open picture"],
  ["Z", "Zoom, in an open picture"],
  ["Delete", "Move to trash"],
  ["X", "Select"],
  ["Shift and click", "Select all up to here"],
  ["Ctrl or ⌘ and A", "Select all that are loaded"],
  ["?", "This list"],
] as const;

/** The list of shortcuts, opened by `?`. */
export function ShortcutsDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useKeys({ "?": () => dialog.current?.showModal() });
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      className="rise w-[min(32rem,calc(100vw-2rem))] rounded-large border border-line bg-sheet p-6 shadow-lift"
    >
      <h2 id={titleId} className="pb-3 font-serif text-large">
        Shortcuts
      </h2>
      <dl className="text-small">
        {shortcuts.map(([keys, what]) => (
          <div key={keys} className="flex justify-between gap-6 border-b border-line py-2">
            <dt>
              <kbd className="font-sans font-medium">{keys}</kbd>
            </dt>
            <dd className="text-right text-muted">{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog" className="flex justify-end pt-5">
        <button type="submit" className={buttonClass("quiet")}>
          Close
        </button>
      </form>
    </dialog>
  );
}
