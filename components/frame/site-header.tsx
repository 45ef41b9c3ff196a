import { NotYou } from "@/components/embedded/not-you";
import type { LanguageChoice } from "@/components/language/language-switch";
import { PersonMenu } from "@/components/people/person-menu";
import { SignInBadge } from "@/components/sign-in-badge";
import type { Person } from "@/lib/auth/person";
import type { Words } from "@/lib/language/words";
import { NavLink } from "./nav-link";
import { UnlessPageSignsIn } from "./unless-page-signs-in";
import { Wordmark } from "./wordmark";

type SiteHeaderProps = {
  person: Person | null;
  canSignIn: boolean;
  embedded: boolean;
  languages: readonly LanguageChoice[];
  words: Words;
};

export function SiteHeader({ person, canSignIn, embedded, languages, words: { say } }: SiteHeaderProps) {
  return (
    <header className="group/header page-edge flex h-14 items-center gap-2">
      <Wordmark />
      {person && (
        <nav aria-label={say("frame.main")} className="ml-2 flex max-sm:hidden">
          <NavLink href="/gallery">{say("frame.gallery")}</NavLink>
          <NavLink href="/gallery/trash">{say("frame.trash")}</NavLink>
        </nav>
      )}
      <div className="ml-auto flex min-w-0 items-center">
        {person && embedded && <NotYou username={person.username} />}
        {person && <PersonMenu name={person.name} username={person.username} avatarUrl={person.avatarUrl} languages={languages} />}
        {!person && canSignIn && !embedded && (
          <UnlessPageSignsIn>
            <SignInBadge size="md" />
          </UnlessPageSignsIn>
        )}
      </div>
    </header>
  );
}
