"use client";

import { useSyncExternalStore } from "react";

/**
 * The rules of `shapeRules` for the pictures of a first page, so that it does not move when script comes. Only in what the server sends: a page
 * that is opened by script has no use for them, and its document does not know this nonce.
 */
export function FirstShapes({ rules, nonce }: { rules: string; nonce: string | undefined }) {
  const isFromServer = useSyncExternalStore(never, no, yes);
  if (!isFromServer) return null;
  // The browser hides the nonce from scripts, hence from hydration.
  return (
    <style nonce={nonce} suppressHydrationWarning>
      {rules}
    </style>
  );
}

const never = () => () => undefined;
const no = () => false;
const yes = () => true;
