"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { requestJson } from "@/components/api-client";
import type { Collection } from "@/lib/gallery/collection";
import { type Change, type CollectionList, collectionsOf, withChange, withoutChange, withTold } from "./collection-list";

type Known = {
  /** In the person's order; null until they are known. */
  collections: readonly Collection[] | null;
  /** Shows a change before the server has made it; call what it returns when the server refuses. */
  change: (map: Change["map"]) => () => void;
  /** Takes over what the server told, unless something newer is known: it may come from the history of the browser. */
  tell: (told: readonly Collection[], asOf: number) => void;
  /** Asks the server for them; what is known stays when it does not answer. */
  refresh: () => Promise<void>;
};

const CollectionsContext = createContext<Known | null>(null);

/** Keeps what is known of a person's collections while one goes from page to page. */
export function CollectionsProvider({ children }: { children: ReactNode }) {
  const [list, setList] = useState<CollectionList | null>(null);
  const change = useCallback<Known["change"]>((map) => {
    const change = { map, at: Date.now() };
    setList((before) => withChange(before, change));
    return () => setList((before) => before && withoutChange(before, change));
  }, []);
  const tell = useCallback<Known["tell"]>((told, asOf) => setList((before) => withTold(before, told, asOf, Date.now())), []);
  const refresh = useCallback(async () => {
    const asOf = Date.now();
    const answer = await requestJson<{ collections: Collection[] }>("GET", "/api/collections").catch(() => null);
    if (answer) tell(answer.collections, asOf);
  }, [tell]);
  const collections = useMemo(() => list && collectionsOf(list), [list]);
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
  useEffect(() => tell(rendered, asOf), [asOf, rendered, tell]);
  return collections ?? rendered;
}
