"use client";

import { X } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { useWords } from "@/components/language/words-provider";
import { features } from "@/lib/site";
import type { Selection } from "./use-selection";

/** What can be done with a selection; over the page's upper edge while there is one. `children` are its actions. */
export function SelectionBar({ selection, loaded, children }: { selection: Selection; loaded: number; children: ReactNode }) {
  const { say } = useWords();
  const count = selection.items.length;
  const told = count > 0 && say("selection.count", { pictures: say("pictures", { count }) });
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (count === 0) leave(bar.current, '.light-table a[tabindex="0"]');
  }, [count]);
  useLayoutEffect(() => {
    const element = bar.current;
    return () => leave(element, "#content");
  }, []);
  return (
    <>
      {/* Before the bar is there, so that the first one is announced, too. */}
      <p role="status" className="sr-only">
        {told}
      </p>
      <div ref={bar} role="toolbar" aria-label={say("selection.label")} className="selection-bar rise" hidden={count === 0}>
        <button
          type="button"
          aria-label={say("selection.end")}
          title={say("selection.endKey")}
          className="bar-button"
          onClick={selection.clear}
        >
          <X size={18} aria-hidden />
        </button>
        {/* A phone has room for the number alone. */}
        <span aria-hidden className="px-1 text-small font-semibold tabular-nums sm:hidden">
          {count}
        </span>
        <span aria-hidden className="px-1 text-small whitespace-nowrap tabular-nums max-sm:hidden">
          {told}
        </span>
        {count < loaded && (
          <button type="button" className="bar-button" onClick={selection.all}>
            {say("selection.all")}
          </button>
        )}
        <span className="flex">{children}</span>
      </div>
    </>
  );
}

/** When the bar goes with the selection, the keyboard goes on in the list; or with the list, where that was. */
function leave(bar: HTMLElement | null, to: string): void {
  if (!bar?.contains(document.activeElement)) return;
  const next = document.querySelector<HTMLElement>(to) ?? document.getElementById("content");
  next?.focus({ preventScroll: true });
}

type BarActionProps = { label: string; onClick: () => void; children: ReactNode };

export function BarAction({ label, onClick, children }: BarActionProps) {
  return (
    <button type="button" aria-label={label} title={label} className="bar-button" onClick={onClick}>
      {children}
    </button>
  );
}

/** Downloads a selection as one ZIP file: a form, so that the browser saves it as it comes. */
export function DownloadSelection({ selection, children }: { selection: Selection; children: ReactNode }) {
  const { say } = useWords();
  if (!features.takeAlong) return null;
  return (
    <form method="post" action="/api/export">
      <input type="hidden" name="ids" value={selection.items.map(({ id }) => id).join(" ")} />
      <button type="submit" aria-label={say("selection.download")} title={say("selection.downloadZip")} className="bar-button">
        {children}
      </button>
    </form>
  );
}
