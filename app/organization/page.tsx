import type { Metadata } from "next";
import { buttonClass } from "@/components/button";
import { MessagePage } from "@/components/frame/message-page";
import { signInPath } from "@/components/sign-in-path";
import { refusals } from "@/lib/auth/admission";
import { safeNextPath } from "@/lib/auth/next-path";
import { requiredOrganizations } from "@/lib/auth/session";

export const metadata: Metadata = { title: "For members" };

type Reason = (typeof refusals)[number];
type Query = { [name: string]: string | string[] | undefined };

const sentences: Record<Reason, string> = {
  not_a_member: "Your account at Hugging Face is not a member. Ask an administrator of the organization to invite you, then sign in again.",
  role_unknown: "You are a member, but this Space may not see your role yet. Grant it access to the organization on the next page.",
  role_too_low: "You are a member, but with another role. Ask an administrator of the organization to change it, then sign in again.",
  sso: "The organization asks for single sign-on. Sign in there through your organization's own page at Hugging Face first, then come back.",
  mfa: "The organization asks for two-factor authentication. Switch it on in your settings at Hugging Face, then come back.",
  restricted: "The organization restricts from where, or with which tokens, it can be used. Its administrators know what is missing.",
};

/** For people who signed in and may not enter: which organization is asked for, what is missing, and how to grant it. */
export default async function OrganizationPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { reason, orgIds, next } = await searchParams;
  const known = refusals.find((candidate) => candidate === reason);
  const id = typeof orgIds === "string" && /^[0-9a-f]{24}$/.test(orgIds) ? orgIds : undefined;
  const names = requiredOrganizations().map(({ organization, role }) => (role ? `${organization} (${role} or higher)` : organization));
  return (
    <MessagePage
      title={names.length > 0 ? `This Space is for members of ${either(names)}` : "This Space is open to everyone"}
      text={names.length > 0 ? sentences[known ?? "not_a_member"] : "Sign in, and you are in."}
    >
      <a href={signInPath({ next: safeNextPath(next), orgIds: id, prompt: "consent" })} className={buttonClass("primary")}>
        {known === "role_unknown" && names.length > 0 ? "Grant access to the organization" : "Sign in again"}
      </a>
      <a href="https://huggingface.co/settings/organizations" target="_blank" rel="noopener" className={buttonClass("quiet")}>
        Your organizations
      </a>
    </MessagePage>
  );
}

const either = (names: readonly string[]) => new Intl.ListFormat("en", { type: "disjunction" }).format(names);
