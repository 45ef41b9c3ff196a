"use client";

import { useWords } from "@/components/language/words-provider";

/** The id under which the server's log has the cause, for those who ask. */
export function ErrorDetails({ error }: { error: unknown }) {
  const { say } = useWords();
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <details className="w-full pt-4 text-small text-muted">
      <summary className="inline-flex min-h-11 items-center">{say("frame.details")}</summary>
      <p className="break-all">{digest ? say("frame.error", { id: digest }) : say("frame.errorHere")}</p>
    </details>
  );
}
