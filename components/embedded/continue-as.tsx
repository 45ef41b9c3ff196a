import { buttonClass } from "@/components/button";
import type { Person } from "@/lib/auth/person";
import { site } from "@/lib/site";
import { TabPage } from "./tab-page";

/** This tab is signed in already: whether the embedded page may be, too, is for the person to say. */
export function ContinueAs({ person, next }: { person: Person; next: string }) {
  const query = `next=${encodeURIComponent(next)}`;
  return (
    <TabPage
      person={person}
      title={`Continue as @${person.username} in the embedded page?`}
      text={`You pressed “Sign in” in ${site.name} on huggingface.co. It will show your pictures there.`}
    >
      <form action={`/embedded/continue?${query}`} method="post">
        <button type="submit" className={buttonClass("primary")}>
          Continue as @{person.username}
        </button>
      </form>
      <a href={`/login?prompt=consent&${query}`} className={buttonClass("plain")}>
        Use another account
      </a>
    </TabPage>
  );
}
