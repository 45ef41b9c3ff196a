/** Said where pictures are made, since it is there that one believes they are kept. */
export function EphemeralNotice() {
  return (
    <p className="mx-auto mb-6 max-w-3xl border-l-2 border-accent pl-3 text-small text-muted">
      No storage is attached to this Space, so these pictures are gone when it restarts. Download what you want to keep.
    </p>
  );
}
