"use client";

import { createContext, type Dispatch, type ReactNode, useContext, useEffect, useReducer } from "react";
import { CollectionsProvider } from "@/components/collections/collections-provider";
import type { GenerationPage } from "@/lib/gallery/generation";
import { changeShelves, type Shelf, type ShelfChange, type ShelfName, type Shelves } from "./shelves";

const ShelvesContext = createContext<{ shelves: Shelves; change: Dispatch<ShelfChange> } | null>(null);

/** Keeps what is known of the gallery, the trash and the collections while one goes from page to page. */
export function ShelvesProvider({ children }: { children: ReactNode }) {
  const [shelves, change] = useReducer(changeShelves, {});
  return (
    <ShelvesContext value={{ shelves, change }}>
      <CollectionsProvider>{children}</CollectionsProvider>
    </ShelvesContext>
  );
}

/** Tells the shelves what has changed. */
export function useShelfChange(): Dispatch<ShelfChange> {
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
