import { useSyncExternalStore } from "react";

/** What is in the prompt bar. It outlives reloads and signing in, in this browser only, and goes when one signs out. */
export type Draft = {
  prompt: string;
  /** Name of one of the offered sizes. */
  size: string;
  /** Null draws a new seed for every picture. */
  seed: number | null;
  settingsOpen: boolean;
  /** Ids; null is whichever is offered first. */
  engine: string | null;
  model: string | null;
  /** Null is what is usual for the model. */
  steps: number | null;
  guidance: number | null;
  negativePrompt: string;
  /** The organization that pays; null is the person. */
  billTo: string | null;
};

const key = "keepsake.draft";
const empty: Draft = {
  ...{ prompt: "", size: "", seed: null, settingsOpen: false, engine: null, model: null },
  ...{ steps: null, guidance: null, negativePrompt: "", billTo: null },
};

let current: Draft | null = null;
const listeners = new Set<() => void>();

function read(): Draft {
  if (current) return current;
  try {
    const kept = localStorage.getItem(key);
    // The very same as on the server where there is none: then nothing need be rendered again.
    current = kept === null ? empty : { ...empty, ...(JSON.parse(kept) as Partial<Draft>) };
  } catch {
    // Storage is refused in some embedded frames, or holds something else: begin afresh.
    current = empty;
  }
  return current;
}

/** Changes parts of the draft, here and in what the browser keeps. */
export function changeDraft(part: Partial<Draft>): void {
  current = { ...read(), ...part };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // Not kept then; it still works until the page is left.
  }
  for (const listener of listeners) listener();
}

/** Takes the draft out of this browser. */
export function forgetDraft(): void {
  current = empty;
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The draft; empty while the server renders. */
export function useDraft(): Draft {
  return useSyncExternalStore(subscribe, read, () => empty);
}
