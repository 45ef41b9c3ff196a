"use client";

import { useEffect, useRef } from "react";
import { buttonClass } from "@/components/button";
import { useWords } from "@/components/language/words-provider";
import type { Shelf, ShelfName } from "./shelf";
import type { More } from "./use-more";

const screensAhead = "4000px 0px";

/** Where the list ends: fetches the next page when it comes near, or when asked to; says so when there is none or it did not come. */
export function LoadMore({ name, shelf, more }: { name: ShelfName; shelf: Shelf; more: More }) {
  const { say } = useWords();
  const { load, loading, problem } = more;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element || problem) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && load(), { rootMargin: screensAhead });
    observer.observe(element);
    return () => observer.disconnect();
  }, [load, problem]);

  return (
    <div ref={place} className="flex flex-col items-center gap-3 pt-8 text-small text-muted">
      {problem && <p role="alert">{problem}</p>}
      {shelf.nextCursor ? (
        <button type="button" className={buttonClass("quiet")} disabled={loading} onClick={load}>
          {loading ? say("gallery.loadingMore") : say("gallery.loadMore")}
        </button>
      ) : (
        name === "trash" && <p>{say("pictures", { count: shelf.total })}</p>
      )}
    </div>
  );
}
