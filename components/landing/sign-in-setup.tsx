/** For the owner of a Space on which signing in is not set up: what to add, and where. */
export function SignInSetup({ missing }: { missing: readonly string[] }) {
  // An app that describes itself to Hugging Face needs nothing from there.
  if (missing.length === 1 && missing[0] === "AUTH_SECRET") return <SecretSetup />;
  return (
    <section aria-labelledby="setup" className="flex max-w-lg flex-col gap-3 rounded-large border border-line bg-sheet p-5">
      <h2 id="setup" className="font-medium">
        Signing in is not set up yet
      </h2>
      <p className="text-small text-muted">The owner of this Space adds one line to the metadata at the top of its README:</p>
      <pre className="overflow-x-auto rounded-picture bg-wash px-3 py-2 text-small">
        <code>hf_oauth: true</code>
      </pre>
      <p className="text-small text-muted">
        The Space then restarts with what is missing now:{" "}
        {missing.map((name, index) => (
          <span key={name}>
            {index > 0 && (index === missing.length - 1 ? " and " : ", ")}
            <code className="text-ink">{name}</code>
          </span>
        ))}
        . Anywhere else, set these variables yourself.
      </p>
    </section>
  );
}

function SecretSetup() {
  return (
    <section aria-labelledby="setup" className="flex max-w-lg flex-col gap-3 rounded-large border border-line bg-sheet p-5">
      <h2 id="setup" className="font-medium">
        Signing in is not set up yet
      </h2>
      <p className="text-small text-muted">
        Without a client secret, sessions need a secret of their own: set <code className="text-ink">AUTH_SECRET</code> to at least 32
        random characters, for example those of
      </p>
      <pre className="overflow-x-auto rounded-picture bg-wash px-3 py-2 text-small">
        <code>openssl rand -base64 32</code>
      </pre>
    </section>
  );
}
