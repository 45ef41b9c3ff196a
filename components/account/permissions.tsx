import type { Words } from "@/lib/language/words";
import { site } from "@/lib/site";
import { Section } from "./section";

/** What the person has allowed, in plain words; a scope that has none is shown by its own name. */
export function Permissions({ scopes, words: { known, pieces, say } }: { scopes: readonly string[]; words: Words }) {
  return (
    <Section id="permissions" title={say("account.mayDo", { site: site.name })}>
      <ul className="list-disc pl-5 marker:text-muted">
        {scopes.map((scope) => (
          <li key={scope}>{known(`permission.${scope}`) ?? scope}</li>
        ))}
      </ul>
      <p className="text-small text-muted">
        {pieces("account.takeBack", {
          link: (
            <a
              key="link"
              href="https://huggingface.co/settings/connected-applications"
              target="_blank"
              rel="noopener"
              className="quiet-link"
            >
              {say("account.connections")}
            </a>
          ),
        })}
      </p>
    </Section>
  );
}
