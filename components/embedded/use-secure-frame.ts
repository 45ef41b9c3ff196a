import { useSyncExternalStore } from "react";

const never = () => () => undefined;
// Partitioned cookies and the hash need a secure page; without one the link in a tab is all there is.
const isSecureFrame = () => window.parent !== window && window.location.protocol === "https:";

/** Whether this page stands in a frame that a tab can hand a session to. False while the server renders. */
export function useSecureFrame(): boolean {
  return useSyncExternalStore(never, isSecureFrame, () => false);
}
