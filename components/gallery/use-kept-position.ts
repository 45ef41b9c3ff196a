import { useLayoutEffect, useRef } from "react";
import { scrolled } from "./scrolling";

const positions = new Map<string, number>();

/** Going back through the history takes at most so long, in ms, until the page is there again. */
const soon = 3000;

let lastBack = Number.NEGATIVE_INFINITY;
if (typeof window !== "undefined")
  addEventListener("popstate", () => {
    lastBack = performance.now();
  });

/** Keeps how far one has scrolled, for when one comes back through the history. Browsers do that only where everything is in the page at once. */
export function useKeptPosition(name: string, isReady: boolean): void {
  const restored = useRef(false);
  useLayoutEffect(() => {
    if (!isReady || restored.current) return;
    restored.current = true;
    const top = positions.get(name);
    if (top !== undefined && performance.now() - lastBack < soon) scrollTo({ top, behavior: "instant" });
  }, [isReady, name]);
  // Ended with the page that it belongs to, before the next one scrolls to its top.
  useLayoutEffect(() => scrolled(() => positions.set(name, scrollY)), [name]);
}
