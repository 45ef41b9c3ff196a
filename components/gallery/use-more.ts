import { useCallback, useMemo, useRef, useState } from "react";
import { requestJson, sentenceOf } from "@/components/api-client";
import { useWords } from "@/components/language/words-provider";
import type { GenerationPage } from "@/lib/gallery/generation";
import { type Shelf, type ShelfName, shelfQuery } from "./shelf";
import { useShelfChange } from "./shelves-provider";

/** `problem` is why the last attempt brought nothing; `load` does nothing while one is under way, or when there is no more. */
export type More = { load: () => void; loading: boolean; problem: string | null };

/** Pictures per request once one scrolls: as many as the server gives. */
const pageSize = "200";

/** The rest of a shelf, page by page. */
export function useMore(name: ShelfName, shelf: Shelf): More {
  const words = useWords();
  const change = useShelfChange();
  const [problem, setProblem] = useState<string | null>(null);
  const [loading, setLoading] = useState(false);
  const busy = useRef(false);
  const { nextCursor } = shelf;

  const load = useCallback(async () => {
    if (!nextCursor || busy.current) return;
    busy.current = true;
    setLoading(true);
    setProblem(null);
    try {
      const query = shelfQuery(name);
      query.set("limit", pageSize);
      query.set("cursor", nextCursor);
      const askedAt = Date.now();
      const page = await requestJson<GenerationPage>("GET", `/api/generations?${query}`);
      change({ type: "continued", shelf: name, page, askedAt });
    } catch (error) {
      setProblem(sentenceOf(words, error, "done.notLoaded"));
    } finally {
      busy.current = false;
      setLoading(false);
    }
  }, [change, name, nextCursor, words]);

  return useMemo(() => ({ load: () => void load(), loading, problem }), [load, loading, problem]);
}
