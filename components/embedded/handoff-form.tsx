import type { ReactNode } from "react";
import { useWithPass } from "./private-space";

type HandoffFormProps = {
  id?: string;
  challenge: string;
  /** A path of this app. */
  next: string;
  /** A scope to ask for on top of those of every sign-in. */
  allow?: string | undefined;
  /** Asks at the provider also who is signed in already. */
  prompt?: "consent" | undefined;
  onBegin: () => void;
  children?: ReactNode;
};

/** What begins a handoff: a real form that opens the tab, so that the browser itself vouches for who sent it. */
export function HandoffForm({ id, challenge, next, allow, prompt, onBegin, children }: HandoffFormProps) {
  const withPass = useWithPass();
  return (
    <form
      id={id}
      action={withPass("/login")}
      method="post"
      target="_blank"
      rel="noopener"
      onSubmit={(event) => {
        // It may stand in another form as far as React knows.
        event.stopPropagation();
        onBegin();
      }}
    >
      <input type="hidden" name="challenge" value={challenge} />
      <input type="hidden" name="next" value={next} />
      {allow && <input type="hidden" name="allow" value={allow} />}
      {prompt && <input type="hidden" name="prompt" value={prompt} />}
      {children}
    </form>
  );
}
