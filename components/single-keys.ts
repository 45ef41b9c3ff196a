import { useSyncExternalStore } from "react";
import { keptHere } from "@/components/kept-here";

const usual = { on: true };
const kept = keptHere("keepsake.single-keys", usual);

/** Whether a key, by `KeyboardEvent.key`, is a letter or sign that does nothing by itself in this browser. */
export function isTurnedOff(key: string): boolean {
  return key.length === 1 && !kept.read().on;
}

/** Lets single keys act in this browser, or not. */
export function turnSingleKeys(on: boolean): void {
  kept.change({ on });
}

/** Whether single keys act in this browser; true while the server renders. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(kept.subscribe, kept.read, () => usual).on;
}
