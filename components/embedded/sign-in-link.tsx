"use client";

import { type ReactNode, useId } from "react";
import { createPortal } from "react-dom";
import { useWords } from "@/components/language/words-provider";
import { signInPath } from "@/components/sign-in-path";
import { HandoffForm } from "./handoff-form";
import { handoffNote } from "./handoff-note";
import { useWithPass } from "./private-space";
import { useHandoff } from "./use-handoff";
import { useSecureFrame } from "./use-secure-frame";

type SignInLinkProps = {
  /** Where one is, and comes back to: a path of this app. */
  next: string;
  /** A scope to ask for on top of those of every sign-in. */
  allow?: string;
  /** Asks at the provider also who is signed in already. */
  prompt?: "consent";
  /** Leaves this page where it is, and signs in beside it. */
  newTab?: boolean;
  className: string;
  children: ReactNode;
};

/** A link that signs in again, or asks for more, and comes back. In a frame a tab does it, and the frame goes on with what came of it. */
export function SignInLink(link: SignInLinkProps) {
  return useSecureFrame() ? <InFrame {...link} /> : <PlainLink {...link} />;
}

function PlainLink({ newTab = false, className, children, ...asked }: SignInLinkProps) {
  const withPass = useWithPass();
  return (
    <a href={withPass(signInPath(asked))} target={newTab ? "_blank" : undefined} rel="noopener" className={className} data-sign-in>
      {children}
    </a>
  );
}

function InFrame(link: SignInLinkProps) {
  const words = useWords();
  const { next, allow, prompt, className, children } = link;
  const { stage, challenge, begin } = useHandoff(next);
  const form = useId();
  if (!challenge || stage === "unkept") return <PlainLink {...link} newTab />;
  return (
    <>
      <button type="submit" form={form} className={className} data-sign-in>
        {children}
      </button>
      {/* The link may stand in a form, and forms do not nest. */}
      {createPortal(<HandoffForm {...{ id: form, challenge, next, allow, prompt }} onBegin={begin} />, document.body)}
      <span role="status" className="basis-full text-small text-muted empty:hidden">
        {handoffNote(words, stage)}
      </span>
    </>
  );
}
