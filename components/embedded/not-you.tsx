"use client";

import { useWords } from "@/components/language/words-provider";
import { forgetDraft } from "@/components/prompt/draft";

/**
 * Who is signed in in this frame, and the way out at once: the sign-in happened in another tab, so the frame always says whose
 * pictures it shows.
 */
export function NotYou({ username }: { username: string }) {
  const { say } = useWords();
  return (
    <form action="/logout" method="post" onSubmit={forgetDraft} className="flex min-w-0 items-center text-small text-muted">
      <span className="min-w-0 max-w-28 truncate sm:max-w-60">@{username}</span>
      <span className="px-1">—</span>
      <button type="submit" className="min-h-11 whitespace-nowrap underline underline-offset-4 hover:text-ink">
        {say("embedded.notYou")}
      </button>
    </form>
  );
}
