"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { everLessOften } from "@/components/ever-less-often";
import { useWords } from "@/components/language/words-provider";

/** Most storage is read within seconds; where it takes longer, one looks less and less often. */
const pauses = { firstMs: 3000, longestMs: 60_000 };

/** Said while storage is still being read after a restart; what it holds appears as it is found. */
export function MoreToCome() {
  const { say } = useWords();
  const router = useRouter();
  useEffect(() => {
    const lookAgain = async () => {
      if (location.pathname === "/gallery") router.refresh();
    };
    return everLessOften(lookAgain, pauses);
  }, [router]);
  return (
    <p role="status" className="mb-4 text-center text-small text-muted">
      {say("gallery.moreToCome")}
    </p>
  );
}
