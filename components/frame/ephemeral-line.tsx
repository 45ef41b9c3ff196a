import type { Words } from "@/lib/language/words";

/** On every page of an installation that keeps nothing: quietly to those who make pictures, in full to whoever can change it. */
export function EphemeralLine({ isOwner, words: { say } }: { isOwner: boolean; words: Words }) {
  return (
    <p className="page-edge py-2 text-center text-small text-muted">
      {say("frame.ephemeral")}
      {isOwner && ` ${say("frame.ephemeralOwner")}`}
    </p>
  );
}
