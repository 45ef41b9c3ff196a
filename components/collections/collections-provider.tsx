"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { requestJson } from "@/components/api-client";
import type { Collection } from "@/lib/gallery/collection";

/** `asOf` is when the server told of them, in ms since the epoch. */
type List = { collections: readonly Collection[]; asOf: number };

type Known = {
  /** In the person's order; null until they are known. */
  collections: readonly Collection[] | null;
  change: (map: (collections: readonly Collection[]) => readonly Collection[]) => void;
  /** Takes over what the server told, unless something newer is known: it may come from the history of the browser. */
  tell: (list: List) => void;
  /** Asks the server for them; what is known stays when it does not answer. */
  refresh: () => Promise<void>;
};

const CollectionsContext = createContext<Known | null>(null);

/** Keeps what is known of a person's collections while one goes from page to page. */
export function CollectionsProvider({ children }: { children: ReactNode }) {
  const [list, setList] = useState<List | null>(null);
  const change = useCallback<Known["change"]>((map) => {
    setList((before) => ({ collections: map(before?.collections ?? []), asOf: before?.asOf ?? 0 }));
  }, []);
  const tell = useCallback<Known["tell"]>((told) => setList((before) => (before && before.asOf >= told.asOf ? before : told)), []);
  const refresh = useCallback(async () => {
    const answer = await requestJson<{ collections: Collection[] }>("GET", "/api/collections").catch(() => null);
    if (answer) tell({ collections: answer.collections, asOf: Date.now() });
  }, [tell]);
  const collections = list?.collections ?? null;
  const known = useMemo(() => ({ collections, change, tell, refresh }), [change, collections, refresh, tell]);
  return <CollectionsContext value={known}>{children}</CollectionsContext>;
}

export function useCollections(): Known {
  const known = useContext(CollectionsContext);
  if (!known) throw new Error("useCollections needs a CollectionsProvider");
  return known;
}

/** The collections as the server rendered them, then as they are known here. */
export function useRenderedCollections(rendered: readonly Collection[], asOf: number): readonly Collection[] {
  const { collections, tell } = useCollections();
  useEffect(() => tell({ collections: rendered, asOf }), [asOf, rendered, tell]);
  return collections ?? rendered;
}
