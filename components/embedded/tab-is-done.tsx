import Link from "next/link";
import { buttonClass } from "@/components/button";
import type { Person } from "@/lib/auth/person";
import { TabPage } from "./tab-page";

/** The tab has done its part, or came too late for the embedded page. */
export function TabIsDone({ person, next, isTooLate }: { person: Person; next: string; isTooLate: boolean }) {
  const text = isTooLate
    ? "The embedded page no longer waits for this sign-in. Start it again there, or continue here."
    : "You can close this tab. The embedded page goes on by itself.";
  return (
    <TabPage person={person} title={`Signed in as @${person.username}.`} text={text}>
      <Link href={next} prefetch={false} className={buttonClass(isTooLate ? "primary" : "quiet")}>
        Continue here
      </Link>
    </TabPage>
  );
}
