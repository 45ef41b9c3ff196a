"use client";

import { useWords } from "@/components/language/words-provider";
import { useIsLate } from "./use-saving";

/** Says so when a picture, made at a time, should have been saved by now and is not. */
export function NotSavedNotice({ createdAt }: { createdAt: string }) {
  const { say } = useWords();
  const isLate = useIsLate(createdAt);
  return (
    <p role="status" className={isLate ? "mx-auto mb-6 max-w-3xl border-l-2 border-danger pl-3 text-small text-muted" : "sr-only"}>
      {isLate && say("gallery.notSaved")}
    </p>
  );
}
