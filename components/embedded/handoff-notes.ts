import type { HandoffStage } from "./use-handoff";

/** What the frame says while a tab signs in for it. */
export const handoffNotes: Record<HandoffStage, string | null> = {
  ready: null,
  waiting: "Finish signing in in the new tab. This page then goes on by itself.",
  done: "You are signed in. One moment.",
  ended: "This sign-in was not finished in time. Start it again.",
  interrupted: "This sign-in did not arrive here. Start it again, or open a new tab.",
  unkept: "This browser keeps no sign-in for embedded pages. Open a new tab instead.",
};
