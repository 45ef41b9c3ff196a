"use client";

import { forgetDraft } from "@/components/prompt/draft";

/** Ends the session here. What was being written belongs to the person and goes with it. */
export function SignOutButton({ className }: { className: string }) {
  return (
    <form action="/logout" method="post" onSubmit={forgetDraft}>
      <button type="submit" className={className}>
        Sign out
      </button>
    </form>
  );
}
