/** A language by its tag and by its own name. */
export type LanguageChoice = { language: string; name: string };

type LanguageSwitchProps = { choices: readonly LanguageChoice[]; className: string };

/** The other languages, one click away. A real form: it works before scripts have come, and the page comes back in the language. */
export function LanguageSwitch({ choices, className }: LanguageSwitchProps) {
  if (choices.length === 0) return null;
  return (
    <form action="/language" method="post" className="contents">
      {choices.map(({ language, name }) => (
        <button key={language} type="submit" name="language" value={language} lang={language} className={className}>
          {name}
        </button>
      ))}
    </form>
  );
}
