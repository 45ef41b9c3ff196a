/** The id under which the server's log has the cause, for those who ask. */
export function ErrorDetails({ error }: { error: unknown }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <details className="w-full pt-4 text-small text-muted">
      <summary className="inline-flex min-h-11 items-center">Details</summary>
      <p className="break-all">{digest ? `Error ${digest}` : "The error happened in this browser and has no id."}</p>
    </details>
  );
}
