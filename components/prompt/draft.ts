import { useSyncExternalStore } from "react";
import { keptHere } from "@/components/kept-here";

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

const empty: Draft = {
  ...{ prompt: "", size: "", seed: null, settingsOpen: false, engine: null, model: null },
  ...{ steps: null, guidance: null, negativePrompt: "", billTo: null },
};
const kept = keptHere("keepsake.draft", empty);

/** Changes parts of the draft, here and in what the browser keeps. */
export const changeDraft = kept.change;

/** Takes the draft out of this browser. */
export const forgetDraft = kept.forget;

/** The draft; empty while the server renders. */
export function useDraft(): Draft {
  return useSyncExternalStore(kept.subscribe, kept.read, () => empty);
}
