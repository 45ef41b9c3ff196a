import { Avatar } from "@/components/people/avatar";
import { Initials } from "@/components/people/initials";
import type { Organization, Person } from "@/lib/auth/person";
import type { Words } from "@/lib/language/words";
import { Section } from "./section";

type WhoYouAreProps = { person: Person; organizations: readonly Organization[]; words: Words };

export function WhoYouAre({ person, organizations, words }: WhoYouAreProps) {
  const { say } = words;
  return (
    <>
      <Section id="you" title={say("account.you")}>
        <div className="flex items-center gap-4">
          <Avatar person={person} size={56} />
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-2 text-large wrap-anywhere">
              <bdi>{person.name}</bdi>
              {person.isPro && <span className="rounded-full bg-accent px-2 py-0.5 text-small font-semibold text-on-accent">PRO</span>}
            </p>
            <p className="text-small text-muted wrap-anywhere">{say("account.atHuggingFace", { username: person.username })}</p>
          </div>
        </div>
      </Section>
      {organizations.length > 0 && (
        <Section id="organizations" title={say("account.organizations")}>
          <ul className="w-full">
            {organizations.map(({ username, name, role, plan, securityRestrictions }) => (
              <li key={username} className="flex items-center gap-3 border-line py-2 not-first:border-t">
                <Initials name={name} username={username} size={28} />
                <span className="flex min-w-0 flex-col">
                  <span dir="auto" className="truncate">
                    {name}
                  </span>
                  <Facts plan={plan} restrictions={securityRestrictions ?? []} words={words} />
                </span>
                <span className="ml-auto shrink-0 text-small text-muted">
                  {role ? say(`account.role.${role}`) : say("account.noAccess")}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

type FactsProps = { plan: string | null; restrictions: readonly string[]; words: Words };

function Facts({ plan, restrictions, words: { known, say } }: FactsProps) {
  const planName = plan && `${plan.charAt(0).toUpperCase()}${plan.slice(1)}`;
  const unmet = restrictions.map((name) => known(`account.restriction.${name}`) ?? name);
  const facts = [planName && say("account.plan", { plan: planName }), ...unmet];
  const shown = facts.filter(Boolean).join(" · ");
  return shown && <span className="text-small text-muted">{shown}</span>;
}
