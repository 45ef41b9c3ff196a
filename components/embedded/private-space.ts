"use client";

import { useSyncExternalStore } from "react";

/** Kept in memory alone, from the address of the first page: those that follow lack it. */
const pass = typeof window === "undefined" ? null : new URLSearchParams(window.location.search).get("__sign");
const never = () => () => undefined;

/**
 * Adds the pass to a private Space to an address that a tab is opened with: `__sign` in the frame's own address let the frame in,
 * and the tab needs it, too. Nobody else does.
 */
export function useWithPass(): (path: string) => string {
  const known = useSyncExternalStore(
    never,
    () => pass,
    () => null,
  );
  return (path) => (known ? `${path}${path.includes("?") ? "&" : "?"}__sign=${encodeURIComponent(known)}` : path);
}
