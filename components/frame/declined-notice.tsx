"use client";

import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { useToast } from "@/components/feedback/toaster";

/** Says to a signed-in person who came back from Hugging Face that nothing more was allowed, once: the address forgets it. */
export function DeclinedNotice() {
  const toast = useToast();
  const isDeclined = useSearchParams().get("notice") === "declined";
  useEffect(() => {
    if (!isDeclined) return;
    toast("You allowed nothing more. Everything is as it was.");
    const address = new URL(window.location.href);
    address.searchParams.delete("notice");
    window.history.replaceState(null, "", address);
  }, [isDeclined, toast]);
  return null;
}
