"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { requestJson } from "@/components/api-client";
import type { Collection } from "@/lib/gallery/collection";

type Known = {
  /** In the person's order; null until they are known. */
  collections: readonly Collection[] | null;
  change: (map: (collections: readonly Collection[]) => readonly Collection[]) => void;
  /** Asks the server for them; what is known stays when it does not answer. */
  refresh: () => Promise<void>;
};

const CollectionsContext = createContext<Known | null>(null);

/** Keeps what is known of a person's collections while one goes from page to page. */
export function CollectionsProvider({ children }: { children: ReactNode }) {
  const [collections, setCollections] = useState<readonly Collection[] | null>(null);
  const change = useCallback<Known["change"]>((map) => setCollections((before) => map(before ?? [])), []);
  const refresh = useCallback(async () => {
    const answer = await requestJson<{ collections: Collection[] }>("GET", "/api/collections").catch(() => null);
    if (answer) setCollections(answer.collections);
  }, []);
  const known = useMemo(() => ({ collections, change, refresh }), [change, collections, refresh]);
  return <CollectionsContext value={known}>{children}</CollectionsContext>;
}

export function useCollections(): Known {
  const known = useContext(CollectionsContext);
  if (!known) throw new Error("useCollections needs a CollectionsProvider");
  return known;
}

/** The collections as the server rendered them, then as they are known here. */
export function useRenderedCollections(rendered: readonly Collection[]): readonly Collection[] {
  const { collections, change } = useCollections();
  useEffect(() => change(() => rendered), [change, rendered]);
  return collections ?? rendered;
}
