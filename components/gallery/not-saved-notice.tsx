"use client";

import type { Generation } from "@/lib/gallery/generation";
import { countPictures } from "./count-pictures";
import { useIsLate } from "./use-saving";

/** Says so when pictures should have been saved by now and are not. `unsaved` is not empty, the oldest first. */
export function NotSavedNotice({ unsaved }: { unsaved: readonly [Generation, ...Generation[]] }) {
  const isLate = useIsLate(unsaved[0].createdAt);
  return (
    <p role="status" className={isLate ? "mx-auto mb-6 max-w-3xl border-l-2 border-danger pl-3 text-small text-muted" : "sr-only"}>
      {isLate &&
        `Storage is not taking pictures just now. ${countPictures(unsaved.length)} of yours wait on the server’s own disk and are saved as soon as it does. Download what you would not want to lose.`}
    </p>
  );
}
