/** On every page of an installation that keeps nothing: quietly to those who make pictures, in full to whoever can change it. */
export function EphemeralLine({ isOwner }: { isOwner: boolean }) {
  return (
    <p className="page-edge py-2 text-center text-small text-muted">
      No storage is attached, so pictures are gone when this Space restarts. Download what you want to keep.
      {isOwner &&
        " To keep them, attach a private storage bucket at /data in the settings of the Space, and restart it. It must be private: it holds everyone’s pictures."}
    </p>
  );
}
