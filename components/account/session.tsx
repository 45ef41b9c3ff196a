import { buttonClass } from "@/components/button";
import { Moment } from "@/components/moment";
import { SignOutButton } from "@/components/people/sign-out-button";
import { Section } from "./section";

/** `expiresAt` is ISO 8601. */
export function Session({ expiresAt }: { expiresAt: string }) {
  return (
    <Section id="session" title="Session">
      <p className="text-muted">
        You are signed in here until <Moment time={expiresAt} now={Date.now()} as="clock" />. Your pictures stay when you sign out.
        Everywhere means other browsers, too, and the embedded page on huggingface.co; what is being made then stops.
      </p>
      <div className="flex flex-wrap gap-2">
        <SignOutButton className={buttonClass("quiet")} />
        <SignOutButton className={buttonClass("plain")} everywhere />
      </div>
    </Section>
  );
}
