"use client";

import { useWords } from "@/components/language/words-provider";
import { forgetDraft } from "@/components/prompt/draft";

/** Ends the session here, or all that the person has. What was being written belongs to the person and goes with it. */
export function SignOutButton({ className, everywhere = false }: { className: string; everywhere?: boolean }) {
  const { say } = useWords();
  return (
    <form action={everywhere ? "/logout?everywhere=true" : "/logout"} method="post" onSubmit={forgetDraft}>
      <button type="submit" className={className}>
        {everywhere ? say("frame.signOutEverywhere") : say("frame.signOut")}
      </button>
    </form>
  );
}
