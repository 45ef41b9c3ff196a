"use client";

import { BadgeDrawing, SignInBadge, type SignInBadgeProps } from "@/components/sign-in-badge";
import { type HandoffStage, useHandoff } from "./use-handoff";

const notes: Record<HandoffStage, string | null> = {
  ready: null,
  waiting: "Finish signing in in the new tab. This page then goes on by itself.",
  done: "You are signed in. One moment.",
  ended: "This sign-in was not finished in time. Start it again.",
  interrupted: "This sign-in did not arrive here. Start it again, or open a new tab.",
  unkept: "This browser keeps no sign-in for embedded pages. Open a new tab instead.",
};

/** The badge inside a frame: a real form that opens the tab, so that the browser itself vouches for who began. */
export function FrameSignIn({ next = "/gallery", ...badge }: SignInBadgeProps) {
  const { stage, challenge, begin } = useHandoff(next);
  const pass = passToPrivateSpace();
  const link = `/login?next=${encodeURIComponent(next)}${pass && `&${pass}`}`;
  return (
    <div className="flex flex-col items-start gap-3">
      {challenge ? (
        <form action={`/login${pass && `?${pass}`}`} method="post" target="_blank" rel="noopener" onSubmit={begin}>
          <input type="hidden" name="challenge" value={challenge} />
          <input type="hidden" name="next" value={next} />
          <button type="submit" className="block rounded-full transition-opacity hover:opacity-85">
            <BadgeDrawing {...badge} />
            <span className="sr-only"> (opens a new tab)</span>
          </button>
        </form>
      ) : (
        <SignInBadge next={next} {...badge} />
      )}
      <p role="status" className="max-w-md text-small text-muted empty:hidden">
        {notes[stage]}
      </p>
      <a
        href={link}
        target="_blank"
        rel="noopener"
        className="flex min-h-11 items-center text-small text-muted underline underline-offset-4"
      >
        Open in a new tab
      </a>
    </div>
  );
}

/** A private Space lets its frame in by `__sign` in the address; the tab needs it, too, and nobody else. */
function passToPrivateSpace(): string {
  const pass = new URLSearchParams(window.location.search).get("__sign");
  return pass ? `__sign=${encodeURIComponent(pass)}` : "";
}
