"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { ApiFailure, requestJson } from "@/components/api-client";
import { buttonClass } from "@/components/button";
import type { GenerationPage } from "@/lib/gallery/generation";
import { countPictures } from "./count-pictures";
import { type Shelf, type ShelfName, shelfQuery } from "./shelves";
import { useShelfChange } from "./shelves-provider";

const screenAhead = "1200px 0px";

/** Fetches the next page when its place comes near, or when asked to; says so when there is none or it did not come. */
export function LoadMore({ name, shelf }: { name: ShelfName; shelf: Shelf }) {
  const change = useShelfChange();
  const [problem, setProblem] = useState<string | null>(null);
  const [loading, setLoading] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const busy = useRef(false);
  const { nextCursor } = shelf;

  const load = useCallback(async () => {
    if (!nextCursor || busy.current) return;
    busy.current = true;
    setLoading(true);
    setProblem(null);
    try {
      const query = shelfQuery(name);
      query.set("cursor", nextCursor);
      change({ type: "continued", shelf: name, page: await requestJson<GenerationPage>("GET", `/api/generations?${query}`) });
    } catch (error) {
      setProblem(error instanceof ApiFailure ? error.message : "More pictures could not be loaded. Try again.");
    } finally {
      busy.current = false;
      setLoading(false);
    }
  }, [change, name, nextCursor]);

  useEffect(() => {
    const element = place.current;
    if (!element || problem) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void load(), { rootMargin: screenAhead });
    observer.observe(element);
    return () => observer.disconnect();
  }, [load, problem]);

  return (
    <div ref={place} className="flex flex-col items-center gap-3 pt-8 text-small text-muted">
      {problem && <p role="alert">{problem}</p>}
      {nextCursor ? (
        <button type="button" className={buttonClass("quiet")} disabled={loading} onClick={() => void load()}>
          {loading ? "Loading" : "Load more"}
        </button>
      ) : (
        name === "trash" && <p>{countPictures(shelf.total)}</p>
      )}
    </div>
  );
}
