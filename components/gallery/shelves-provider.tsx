"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useReducer } from "react";
import { CollectionsProvider } from "@/components/collections/collections-provider";
import type { GenerationPage } from "@/lib/gallery/generation";
import type { Shelf, ShelfName } from "./shelf";
import { changeShelves, nothingKnown, type ShelfChange, type Shelves } from "./shelves";

type Change = (change: ShelfChange) => void;

const ShelvesContext = createContext<{ shelves: Shelves; change: Change } | null>(null);

/** Keeps what is known of the gallery, the trash and the collections while one goes from page to page. */
export function ShelvesProvider({ children }: { children: ReactNode }) {
  const [{ shelves }, dispatch] = useReducer(changeShelves, nothingKnown);
  const change = useCallback<Change>((change) => dispatch({ change, at: Date.now() }), []);
  const known = useMemo(() => ({ shelves, change }), [change, shelves]);
  return (
    <ShelvesContext value={known}>
      <CollectionsProvider>{children}</CollectionsProvider>
    </ShelvesContext>
  );
}

/** Tells the shelves what has changed. */
export function useShelfChange(): Change {
  return useShelves().change;
}

/** A shelf, beginning with the page that the server rendered. */
export function useShelf(name: ShelfName, page: GenerationPage, asOf: number): Shelf {
  const { shelves, change } = useShelves();
  useEffect(() => change({ type: "opened", shelf: name, page, asOf }), [change, name, page, asOf]);
  const known = shelves[name];
  return known && known.asOf >= asOf ? known : { ...page, asOf };
}

/** A shelf, if something is known of it. */
export function useKnownShelf(name: ShelfName): Shelf | undefined {
  return useShelves().shelves[name];
}

function useShelves() {
  const context = useContext(ShelvesContext);
  if (!context) throw new Error("useShelves needs a ShelvesProvider");
  return context;
}
