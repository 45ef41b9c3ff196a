import { type RefObject, useEffect } from "react";

/**
 * While it is there, nothing but this element can be reached, and the page beneath stays where it is. Not the platform's modal dialog: that
 * would take the messages at the lower edge, and their Undo, out of reach as well.
 */
export function useOnlyThis(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const covered = [...document.body.querySelectorAll<HTMLElement>(":scope > :is(header, main, footer, .skip-link)")];
    for (const part of covered) part.inert = true;
    document.documentElement.classList.add("covered");
    element.current?.focus({ preventScroll: true });
    return () => {
      for (const part of covered) part.inert = false;
      document.documentElement.classList.remove("covered");
    };
  }, [element]);
}

/** Lets the picture of an overlay grow out of its tile, where motion is welcome. */
export function growFrom(id: string, overlay: HTMLElement | null): void {
  const tile = document.querySelector(`[data-picture="${id}"]`)?.getBoundingClientRect();
  const picture = overlay?.querySelector<HTMLElement>(".stage > .picture-ground");
  const place = picture?.getBoundingClientRect();
  if (!tile || !picture || !place?.width || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const across = tile.left + tile.width / 2 - (place.left + place.width / 2);
  const down = tile.top + tile.height / 2 - (place.top + place.height / 2);
  const from = `translate(${across}px, ${down}px) scale(${tile.width / place.width})`;
  picture.animate([{ transform: from }, { transform: "none" }], { duration: 180, easing: "cubic-bezier(0.2, 0.7, 0.3, 1)" });
  overlay?.animate([{ backgroundColor: "transparent" }, {}], { duration: 180 });
}
