"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useWords } from "@/components/language/words-provider";

/** Most storage is read within seconds; where it takes longer, one looks less and less often. */
const firstPauseMs = 3000;
const longestPauseMs = 60_000;

/** Said while storage is still being read after a restart; what it holds appears as it is found. */
export function MoreToCome() {
  const { say } = useWords();
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const lookAgainAfter = (pauseMs: number) => {
      timer = setTimeout(() => {
        if (location.pathname === "/gallery") router.refresh();
        lookAgainAfter(Math.min(pauseMs * 1.5, longestPauseMs));
      }, pauseMs);
    };
    lookAgainAfter(firstPauseMs);
    return () => clearTimeout(timer);
  }, [router]);
  return (
    <p role="status" className="mb-4 text-center text-small text-muted">
      {say("gallery.moreToCome")}
    </p>
  );
}
