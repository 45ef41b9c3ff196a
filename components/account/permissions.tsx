import { site } from "@/lib/site";
import { Section } from "./section";

/** Scopes of Hugging Face's OAuth in plain words; one that is not here is shown by its own name. */
const meanings: Record<string, string> = {
  openid: "Know that it is you",
  profile: "See your name, username, picture, PRO status and organizations",
  email: "See your e-mail address",
  "read-billing": "See whether a payment method is set up",
  "read-memberships": "See your organizations and your role in each",
  "read-repos": "Read your repositories",
  "gated-repos": "Read public gated repositories that you were granted",
  "contribute-repos": "Create repositories, and change those that it created",
  "write-repos": "Read and change your repositories",
  "manage-repos": "Create, change and delete your repositories",
  "read-collections": "Read your collections",
  "write-collections": "Create and change your collections",
  "write-discussions": "Take part in discussions and pull requests as you",
  "inference-api": "Run models with Inference Providers on your account",
  "read-endpoints": "See your Inference Endpoints",
  "write-endpoints": "Create and change your Inference Endpoints",
  jobs: "Run jobs on your account",
  webhooks: "Manage your webhooks",
};

export function Permissions({ scopes }: { scopes: readonly string[] }) {
  return (
    <Section id="permissions" title={`What ${site.name} may do`}>
      <ul className="list-disc pl-5 marker:text-muted">
        {scopes.map((scope) => (
          <li key={scope}>{meanings[scope] ?? scope}</li>
        ))}
      </ul>
      <p className="text-small text-muted">
        You can take this back at any time in your{" "}
        <a href="https://huggingface.co/settings/connected-applications" target="_blank" rel="noopener" className="quiet-link">
          connected applications
        </a>{" "}
        at Hugging Face.
      </p>
    </Section>
  );
}
