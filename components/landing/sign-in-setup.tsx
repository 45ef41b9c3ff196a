/** For the owner of a Space on which signing in is not set up: what to add, and where. */
export function SignInSetup({ missing }: { missing: readonly string[] }) {
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
