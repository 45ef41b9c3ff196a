import { buttonClass } from "@/components/button";
import { Moment } from "@/components/moment";
import { SignOutButton } from "@/components/people/sign-out-button";
import type { Words } from "@/lib/language/words";
import { Section } from "./section";

/** `expiresAt` is ISO 8601. */
export function Session({ expiresAt, words: { pieces, say } }: { expiresAt: string; words: Words }) {
  return (
    <Section id="session" title={say("account.session")}>
      <p className="text-muted">
        {pieces("account.signedInUntil", { time: <Moment key="time" time={expiresAt} now={Date.now()} as="clock" /> })}
      </p>
      <div className="flex flex-wrap gap-2">
        <SignOutButton className={buttonClass("quiet")} />
        <SignOutButton className={buttonClass("plain")} everywhere />
      </div>
    </Section>
  );
}
