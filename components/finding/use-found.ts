import { useEffect, useRef, useState } from "react";
import { requestJson, sentenceOf } from "@/components/api-client";
import { type Shelf, type ShelfName, shelfOf } from "@/components/gallery/shelf";
import { useKnownShelf, useShelf, useShelfChange } from "@/components/gallery/shelves-provider";
import { useWords } from "@/components/language/words-provider";
import type { GenerationPage } from "@/lib/gallery/generation";

type Rendered = { query: string; firstPage: GenerationPage; asOf: number };
type Found = { name: ShelfName; shelf: Shelf; problem: string | null };

/**
 * The list for a query: the one that the server rendered, or one that is fetched. Until its first page comes, the list before it stays;
 * an answer to a query that has changed since is dropped.
 */
export function useFound(query: string, rendered: Rendered): Found {
  const renderedName = shelfOf(rendered.query);
  const renderedShelf = useShelf(renderedName, rendered.firstPage, rendered.asOf);
  const hasRenderedShelf = useKnownShelf(renderedName) !== undefined;
  const fetchedShelf = useKnownShelf(shelfOf(query));
  const words = useWords();
  const change = useShelfChange();
  const [problem, setProblem] = useState<string | null>(null);
  const isElsewhere = query !== rendered.query;
  // What was looked for since may have taken its place among the shelves that are kept: from then on it is fetched like any other.
  const isDropped = isElsewhere && !hasRenderedShelf;
  const [dropped, setDropped] = useState<GenerationPage | null>(null);
  useEffect(() => {
    if (isDropped) setDropped(rendered.firstPage);
  }, [isDropped, rendered.firstPage]);
  const isRendered = !isElsewhere && dropped !== rendered.firstPage;

  useEffect(() => {
    setProblem(null);
    if (isRendered) return;
    const controller = new AbortController();
    const asOf = Date.now();
    requestJson<GenerationPage>("GET", `/api/generations?${query}`, { signal: controller.signal }).then(
      (page) => controller.signal.aborted || change({ type: "opened", shelf: shelfOf(query), page, asOf }),
      (error: unknown) => {
        if (!controller.signal.aborted) setProblem(sentenceOf(words, error, "done.notFound"));
      },
    );
    return () => controller.abort();
  }, [change, isRendered, query, words]);

  const known = isRendered ? renderedShelf : fetchedShelf;
  const last = useRef<Omit<Found, "problem">>({ name: renderedName, shelf: renderedShelf });
  const current = known ? { name: shelfOf(query), shelf: known } : last.current;
  useEffect(() => {
    last.current = current;
  });
  return { ...current, problem };
}
