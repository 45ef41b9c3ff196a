"use client";

import { useWords } from "@/components/language/words-provider";
import { BadgeDrawing, SignInBadge, type SignInBadgeProps } from "@/components/sign-in-badge";
import { signInPath } from "@/components/sign-in-path";
import { HandoffForm } from "./handoff-form";
import { handoffNote } from "./handoff-note";
import { useWithPass } from "./private-space";
import { useHandoff } from "./use-handoff";

/** The badge inside a frame: a link that opens a tab and, once scripts run, a form by which the tab hands its session over. */
export function FrameSignIn({ next = "/gallery", ...badge }: SignInBadgeProps) {
  const words = useWords();
  const { stage, challenge, begin } = useHandoff(next);
  const withPass = useWithPass();
  return (
    <div className="flex flex-col items-start gap-3">
      {challenge ? (
        <HandoffForm challenge={challenge} next={next} onBegin={begin}>
          <button type="submit" className="block rounded-full transition-opacity hover:opacity-85">
            <BadgeDrawing {...badge} />
            <span className="sr-only"> {words.say("embedded.newTab")}</span>
          </button>
        </HandoffForm>
      ) : (
        <SignInBadge next={next} {...badge} />
      )}
      <p role="status" className="max-w-md text-small text-muted empty:hidden">
        {handoffNote(words, stage)}
      </p>
      <a
        href={withPass(signInPath({ next }))}
        target="_blank"
        rel="noopener"
        className="flex min-h-11 items-center text-small text-muted underline underline-offset-4"
      >
        {words.say("embedded.openTab")}
      </a>
    </div>
  );
}
