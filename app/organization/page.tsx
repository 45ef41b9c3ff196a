import { buttonClass } from "@/components/button";
import { MessagePage } from "@/components/frame/message-page";
import { signInPath } from "@/components/sign-in-path";
import { refusals } from "@/lib/auth/admission";
import { safeNextPath } from "@/lib/auth/next-path";
import { requiredOrganizations } from "@/lib/auth/session";
import { currentWords, titled } from "@/lib/language/current";

export const generateMetadata = titled("title.organization");

type Query = { [name: string]: string | string[] | undefined };

/** For people who signed in and may not enter: which organization is asked for, what is missing, and how to grant it. */
export default async function OrganizationPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { reason, orgIds, next } = await searchParams;
  const known = refusals.find((candidate) => candidate === reason);
  const id = typeof orgIds === "string" && /^[0-9a-f]{24}$/.test(orgIds) ? orgIds : undefined;
  const { language, say } = await currentWords();
  const required = requiredOrganizations().map(({ organization, role }) =>
    role ? say("organization.withRole", { organization, role }) : organization,
  );
  const names = new Intl.ListFormat(language, { type: "disjunction" }).format(required);
  return (
    <MessagePage
      title={names ? say("organization.title", { names }) : say("organization.open")}
      text={names ? say(`organization.${known ?? "not_a_member"}`) : say("organization.openText")}
    >
      <a href={signInPath({ next: safeNextPath(next), orgIds: id, prompt: "consent" })} className={buttonClass("primary")}>
        {known === "role_unknown" && names ? say("organization.grant") : say("organization.again")}
      </a>
      <a href="https://huggingface.co/settings/organizations" target="_blank" rel="noopener" className={buttonClass("quiet")}>
        {say("organization.yours")}
      </a>
    </MessagePage>
  );
}
