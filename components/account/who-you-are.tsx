import { Avatar } from "@/components/people/avatar";
import { Initials } from "@/components/people/initials";
import type { Organization, OrganizationRole, Person } from "@/lib/auth/person";
import { Section } from "./section";

const roles: Record<OrganizationRole, string> = { admin: "Admin", write: "Can write", contributor: "Contributor", read: "Can read" };

const restrictions: Record<string, string> = {
  sso: "asks for single sign-on",
  mfa: "asks for two-factor authentication",
  ip: "allows certain networks only",
  "token-policy": "allows certain tokens only",
};

export function WhoYouAre({ person, organizations }: { person: Person; organizations: readonly Organization[] }) {
  return (
    <>
      <Section id="you" title="You">
        <div className="flex items-center gap-4">
          <Avatar person={person} size={56} />
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-2 text-large wrap-anywhere">
              {person.name}
              {person.isPro && <span className="rounded-full bg-accent px-2 py-0.5 text-small font-semibold text-on-accent">PRO</span>}
            </p>
            <p className="text-small text-muted wrap-anywhere">{person.username} at Hugging Face</p>
          </div>
        </div>
      </Section>
      {organizations.length > 0 && (
        <Section id="organizations" title="Organizations">
          <ul className="w-full">
            {organizations.map(({ username, name, role, plan, securityRestrictions }) => (
              <li key={username} className="flex items-center gap-3 border-line py-2 not-first:border-t">
                <Initials name={name} username={username} size={28} />
                <span className="flex min-w-0 flex-col">
                  <span className="truncate">{name}</span>
                  <Facts plan={plan} restrictions={securityRestrictions ?? []} />
                </span>
                <span className="ml-auto shrink-0 text-small text-muted">{role ? roles[role] : "No access granted"}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Facts({ plan, restrictions: unmet }: { plan: string | null; restrictions: readonly string[] }) {
  const facts = [plan && `${plan.charAt(0).toUpperCase()}${plan.slice(1)} plan`, ...unmet.map((name) => restrictions[name] ?? name)];
  const shown = facts.filter(Boolean).join(" · ");
  return shown && <span className="text-small text-muted">{shown}</span>;
}
