import type { ClientKey, Words } from "@/lib/language/words";
import type { HandoffStage } from "./use-handoff";

/** What the frame says while a tab signs in for it. */
export function handoffNote({ say }: Words<ClientKey>, stage: HandoffStage): string | null {
  return stage === "ready" ? null : say(`embedded.${stage}`);
}
