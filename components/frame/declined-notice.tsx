"use client";

import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { useToast } from "@/components/feedback/toaster";
import { useWords } from "@/components/language/words-provider";

/** Says to a signed-in person who came back from Hugging Face that nothing more was allowed, once: the address forgets it. */
export function DeclinedNotice() {
  const { say } = useWords();
  const toast = useToast();
  const isDeclined = useSearchParams().get("notice") === "declined";
  useEffect(() => {
    if (!isDeclined) return;
    toast(say("done.nothingAllowed"));
    const address = new URL(window.location.href);
    address.searchParams.delete("notice");
    window.history.replaceState(null, "", address);
  }, [isDeclined, say, toast]);
  return null;
}
