import type { ReactNode } from "react";
import { Section } from "@/components/account/section";

type SignInReportProps = {
  report: {
    configured: boolean;
    missing: readonly string[];
    provider: string | null;
    redirectUri: string | null;
    selfDescribed: boolean;
    scopes: { atSignIn: readonly string[]; granted: readonly string[]; missing: readonly { scope: string; feature: string }[] };
    requiredOrganizations: readonly { organization: string; role: string | null }[];
    origin: string;
    origins: readonly string[];
  };
};

/** How signing in is set up. */
export function SignInReport({ report }: SignInReportProps) {
  const { configured, missing, provider, redirectUri, selfDescribed, scopes, requiredOrganizations, origin, origins } = report;
  const others = origins.filter((other) => other !== origin);
  const entry = requiredOrganizations.map(({ organization, role }) => (role ? `${organization} (${role} or higher)` : organization));
  return (
    <>
      <Section id="sign-in" title="Signing in">
        <dl className="flex w-full flex-col gap-4">
          <Fact term="State">{configured ? "Set up" : `Off: ${missing.join(" and ")} not set`}</Fact>
          <Fact term="Provider">{provider}</Fact>
          <Fact term="Client">{selfDescribed ? "Describes itself at /.well-known/oauth-cimd" : "Registered at the provider"}</Fact>
          <Fact term="Redirect URI">{redirectUri && <code className="wrap-anywhere">{redirectUri}</code>}</Fact>
          <Fact term="Who may enter">{entry.length > 0 ? `Members of ${entry.join(" or ")}` : "Everyone with an account"}</Fact>
          <Fact term="Address">{others.length > 0 ? `${origin}, also ${others.join(" and ")}` : origin}</Fact>
        </dl>
      </Section>
      <Section id="scopes" title="Scopes">
        <dl className="flex w-full flex-col gap-4">
          <Fact term="Asked for at every sign-in">{scopes.atSignIn.join(", ")}</Fact>
          <Fact term="May be asked for">{scopes.granted.join(", ")}</Fact>
        </dl>
        {scopes.missing.map(({ scope, feature }) => (
          <MissingScope key={scope} scope={scope} feature={feature} />
        ))}
      </Section>
    </>
  );
}

function MissingScope({ scope, feature }: { scope: string; feature: string }) {
  return (
    <div className="flex w-full flex-col gap-2 border-l-2 border-accent pl-3">
      <p>
        {feature} needs <code>{scope}</code>, which this app may not ask for. Add it to the metadata at the top of the Space’s README:
      </p>
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
