import { usePathname } from "next/navigation";
import { useEffect, useMemo, useRef } from "react";
import { addressOfPicture } from "@/components/finding/finding";

const ofPicture = /^\/gallery\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * The picture that lies over the grid, as the address says, and the ways to change it. Opening adds one entry to the history, however
 * many pictures one leafs through; the way back leads to the grid.
 */
export function useViewer(query: string) {
  const openId = ofPicture.exec(usePathname())?.[1] ?? null;
  const last = useRef(openId);
  const isClosing = useRef(false);
  useEffect(() => {
    if (last.current && !openId) returnTo(last.current);
    last.current = openId;
    isClosing.current = false;
  }, [openId]);
  const ways = useMemo(
    () => ({
      open: (id: string) => history.pushState(null, "", addressOfPicture(id, query)),
      show: (id: string) => history.replaceState(null, "", addressOfPicture(id, query)),
      close: () => {
        // The way back takes a moment: a second one would lead out of the gallery.
        if (isClosing.current) return;
        isClosing.current = true;
        history.back();
      },
      /** To the gallery as a new entry: something begins there. */
      leave: () => history.pushState(null, "", "/gallery"),
    }),
    [query],
  );
  return { openId, ...ways };
}

/** The keyboard goes on where one has looked last. */
function returnTo(id: string): void {
  const link = document.querySelector<HTMLElement>(`[data-picture="${id}"] a`);
  link?.scrollIntoView({ block: "nearest" });
  link?.focus({ preventScroll: true });
}
