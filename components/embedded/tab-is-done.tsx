import Link from "next/link";
import { buttonClass } from "@/components/button";
import type { Person } from "@/lib/auth/person";
import type { Words } from "@/lib/language/words";
import { TabPage } from "./tab-page";

type TabIsDoneProps = { person: Person; next: string; isTooLate: boolean; words: Words };

/** The tab has done its part, or came too late for the embedded page. */
export function TabIsDone({ person, next, isTooLate, words: { say } }: TabIsDoneProps) {
  const text = isTooLate ? say("embedded.tabTooLate") : say("embedded.tabDone");
  return (
    <TabPage person={person} title={say("embedded.signedIn", { username: `@${person.username}` })} text={text}>
      <Link href={next} prefetch={false} className={buttonClass(isTooLate ? "primary" : "quiet")}>
        {say("embedded.continueHere")}
      </Link>
    </TabPage>
  );
}
