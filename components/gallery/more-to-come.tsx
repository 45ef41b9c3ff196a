"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useWords } from "@/components/language/words-provider";

const lookAgainMs = 3000;

/** Said while storage is still being read after a restart; what it holds appears as it is found. */
export function MoreToCome() {
  const { say } = useWords();
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => location.pathname === "/gallery" && router.refresh(), lookAgainMs);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <p role="status" className="mb-4 text-center text-small text-muted">
      {say("gallery.moreToCome")}
    </p>
  );
}
