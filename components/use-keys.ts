import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useRef } from "react";
import { isTurnedOff } from "@/components/single-keys";

type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/**
 * Single keys that do something anywhere on the page, by `KeyboardEvent.key` in lower case. Not while one types, with
 * a modifier, while a dialog asks something, or where single keys are turned off. A key that is held acts once; only arrows go on.
 */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !isForThePage(event)) return;
      if (isTurnedOff(event.key)) return;
      const key = event.key.toLowerCase();
      const act = current.current[key];
      if (!act) return;
      event.preventDefault();
      if (!event.repeat || key.startsWith("arrow")) act(event);
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}

/** Browsers press a button again and again while Enter is held on it. For the keys within what holds buttons whose every press begins something. */
export function pressOnce(event: ReactKeyboardEvent): void {
  if (event.repeat && event.key === "Enter" && event.target instanceof HTMLButtonElement) event.preventDefault();
}

/** Whether a key is meant for the page: nobody types with it, and no dialog asks something. */
export function isForThePage({ target }: KeyboardEvent): boolean {
  const isTyping = target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
  return !isTyping && !document.querySelector("dialog[open]");
}
