import { Avatar } from "@/components/people/avatar";
import { Initials } from "@/components/people/initials";
import type { OrganizationRole, Person } from "@/lib/auth/person";
import { Section } from "./section";

const roles: Record<OrganizationRole, string> = { admin: "Admin", write: "Can write", contributor: "Contributor", read: "Can read" };

export function WhoYouAre({ person }: { person: Person }) {
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
      {person.organizations.length > 0 && (
        <Section id="organizations" title="Organizations">
          <ul className="w-full">
            {person.organizations.map(({ username, name, role }) => (
              <li key={username} className="flex items-center gap-3 border-line py-2 not-first:border-t">
                <Initials name={name} username={username} size={28} />
                <span className="min-w-0 truncate">{name}</span>
                <span className="ml-auto shrink-0 text-small text-muted">{role ? roles[role] : "No access granted"}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
