"use client";

import { useWords } from "@/components/language/words-provider";
import { useIsLate } from "./use-saving";

/** On a picture that storage does not have yet: nothing at first, then quietly, and after a minute in so many words. */
export function SavingMark({ createdAt }: { createdAt: string }) {
  const { say } = useWords();
  const isLate = useIsLate(createdAt);
  return (
    <span className="saving-mark absolute bottom-1.5 left-1.5 rounded-full bg-shade px-2.5 py-1 text-small text-on-shade backdrop-blur-sm">
      {isLate ? say("gallery.notSavedYet") : say("gallery.saving")}
    </span>
  );
}
