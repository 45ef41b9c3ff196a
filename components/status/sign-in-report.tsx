import type { ReactNode } from "react";
import { Section } from "@/components/account/section";
import type { Words } from "@/lib/language/words";

type NeededScope = { scope: string; feature: string };

type SignInReportProps = {
  report: {
    configured: boolean;
    missing: readonly string[];
    provider: string | null;
    redirectUri: string | null;
    selfDescribed: boolean;
    scopes: {
      atSignIn: readonly string[];
      granted: readonly string[];
      missing: readonly NeededScope[];
      refusedLately: readonly NeededScope[];
    };
    requiredOrganizations: readonly { organization: string; role: string | null }[];
    origin: string;
    origins: readonly string[];
  };
  words: Words;
};

/** How signing in is set up. */
export function SignInReport({ report, words }: SignInReportProps) {
  const { language, say } = words;
  const { configured, missing, provider, redirectUri, selfDescribed, scopes, requiredOrganizations, origin, origins } = report;
  const others = origins.filter((other) => other !== origin);
  const entry = requiredOrganizations.map(({ organization, role }) =>
    role ? say("organization.withRole", { organization, role }) : organization,
  );
  const conjunction = new Intl.ListFormat(language, { type: "conjunction" });
  const disjunction = new Intl.ListFormat(language, { type: "disjunction" });
  return (
    <>
      <Section id="sign-in" title={say("status.signIn")}>
        <dl className="flex w-full flex-col gap-4">
          <Fact term={say("status.state")}>
            {configured ? say("status.setUp") : say("status.off", { names: conjunction.format(missing) })}
          </Fact>
          <Fact term={say("status.provider")}>{provider}</Fact>
          <Fact term={say("status.client")}>
            {selfDescribed ? say("status.describesItself", { address: "/.well-known/oauth-cimd" }) : say("status.registered")}
          </Fact>
          <Fact term={say("status.redirectUri")}>{redirectUri && <code className="wrap-anywhere">{redirectUri}</code>}</Fact>
          <Fact term={say("status.whoMayEnter")}>
            {entry.length > 0 ? say("status.membersOf", { names: disjunction.format(entry) }) : say("status.everyone")}
          </Fact>
          <Fact term={say("status.address")}>
            {others.length > 0 ? say("status.addressAlso", { origin, others: conjunction.format(others) }) : origin}
          </Fact>
        </dl>
      </Section>
      <Section id="scopes" title={say("status.scopes")}>
        <dl className="flex w-full flex-col gap-4">
          <Fact term={say("status.atSignIn")}>{scopes.atSignIn.join(", ")}</Fact>
          <Fact term={say("status.granted")}>{scopes.granted.join(", ")}</Fact>
        </dl>
        {scopes.missing.map((needed) => (
          <LineToAdd key={needed.scope} {...needed} message="status.missingScope" words={words} />
        ))}
        {scopes.refusedLately.map((needed) => (
          <LineToAdd key={needed.scope} {...needed} message="status.refusedScope" words={words} />
        ))}
      </Section>
    </>
  );
}

type LineToAddProps = NeededScope & { message: "status.missingScope" | "status.refusedScope"; words: Words };

function LineToAdd({ scope, feature, message, words: { pieces } }: LineToAddProps) {
  return (
    <div className="flex w-full flex-col gap-2 border-l-2 border-accent pl-3">
      <p>{pieces(message, { feature, scope: <code key="scope">{scope}</code> })}</p>
      <pre className="overflow-x-auto rounded-picture bg-wash px-3 py-2 text-small">
        <code>{`hf_oauth_scopes:\n  - ${scope}`}</code>
      </pre>
    </div>
  );
}

/** One line of a report; a fact that is not known is a dash. */
export function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-small text-muted">{term}</dt>
      <dd className="wrap-anywhere">{children || "–"}</dd>
    </div>
  );
}
