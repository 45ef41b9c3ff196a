import { useEffect } from "react";
import { excerpt } from "./excerpt";

/** The title of the window while something of a page is open: its name, and the app's. None leaves it as it is. */
export function useTitle(name: string | undefined): void {
  useEffect(() => {
    if (!name) return;
    const before = document.title;
    document.title = `${excerpt(name)} · ${before.split(" · ").at(-1)}`;
    return () => {
      document.title = before;
    };
  }, [name]);
}
