import { buttonClass } from "@/components/button";
import type { Person } from "@/lib/auth/person";
import type { Words } from "@/lib/language/words";
import { site } from "@/lib/site";
import { TabPage } from "./tab-page";

/** This tab is signed in already: whether the embedded page may be, too, is for the person to say. */
export function ContinueAs({ person, next, words: { say } }: { person: Person; next: string; words: Words }) {
  const username = `@${person.username}`;
  const query = `next=${encodeURIComponent(next)}`;
  return (
    <TabPage person={person} title={say("embedded.continueTitle", { username })} text={say("embedded.continueText", { site: site.name })}>
      <form action={`/embedded/continue?${query}`} method="post">
        <button type="submit" className={buttonClass("primary")}>
          {say("embedded.continueAs", { username })}
        </button>
      </form>
      <a href={`/login?prompt=consent&${query}`} className={buttonClass("plain")}>
        {say("embedded.otherAccount")}
      </a>
    </TabPage>
  );
}
