"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { buttonClass } from "@/components/button";
import { useWords } from "@/components/language/words-provider";

/** The whole address of a path here. */
export const addressOfPath = (path: string) => new URL(path, location.origin).href;

/** Puts the address of a link on the clipboard, and says so in its own place: an open dialog covers the messages. */
export function CopyLink({ path, kind }: { path: string; kind: "primary" | "quiet" }) {
  const { say } = useWords();
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);
  async function copy() {
    try {
      await navigator.clipboard.writeText(addressOfPath(path));
      setOutcome("copied");
    } catch {
      setOutcome("refused");
    }
  }
  return (
    <>
      <button type="button" className={buttonClass(kind)} onClick={() => void copy()}>
        {outcome === "copied" ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        {say("sharing.copy")}
      </button>
      <p role="status" className={outcome === "refused" ? "text-small text-muted" : "sr-only"}>
        {outcome && say(outcome === "copied" ? "done.linkCopied" : "done.linkNotCopied")}
      </p>
    </>
  );
}
