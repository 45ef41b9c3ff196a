import { type LanguageChoice, LanguageSwitch } from "@/components/language/language-switch";
import type { Key, Words } from "@/lib/language/words";
import { site } from "@/lib/site";

type SiteFooterProps = {
  tagline: string;
  /** How a visitor makes a Space like this one, if anybody is invited to. */
  duplicate: { href: string; label: Key } | null;
  languages: readonly LanguageChoice[];
  words: Words;
};

const link = "inline-flex min-h-6 items-center underline decoration-line underline-offset-4 hover:text-ink";

export function SiteFooter({ tagline, duplicate, languages, words: { say } }: SiteFooterProps) {
  return (
    <footer className="page-edge mt-auto flex flex-wrap justify-between gap-x-6 gap-y-2 pt-16 pb-6 text-small text-muted">
      <p>
        {site.name}. {tagline}
      </p>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <LanguageSwitch choices={languages} className={link} />
        {duplicate && (
          <a href={duplicate.href} rel="noopener" target="_blank" className={link}>
            {say(duplicate.label)}
          </a>
        )}
      </div>
    </footer>
  );
}
