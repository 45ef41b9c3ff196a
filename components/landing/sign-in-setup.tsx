import { Fragment } from "react";
import type { Words } from "@/lib/language/words";

/** For the owner of a Space on which signing in is not set up: what to add, and where. */
export function SignInSetup({ missing, words: { language, pieces, say } }: { missing: readonly string[]; words: Words }) {
  // An app that describes itself to Hugging Face needs nothing from there.
  const isSecretAll = missing.length === 1 && missing[0] === "AUTH_SECRET";
  const list = new Intl.ListFormat(language, { type: "conjunction" }).formatToParts(missing);
  const names = list.map(({ type, value }) => (type === "element" ? <Variable key={value} name={value} /> : value));
  return (
    <section aria-labelledby="setup" className="flex max-w-lg flex-col gap-3 rounded-large border border-line bg-sheet p-5">
      <h2 id="setup" className="font-medium">
        {say("setup.title")}
      </h2>
      {isSecretAll ? (
        <>
          <p className="text-small text-muted">{pieces("setup.secret", { name: <Variable key="secret" name="AUTH_SECRET" /> })}</p>
          <Line code="openssl rand -base64 32" />
        </>
      ) : (
        <>
          <p className="text-small text-muted">{say("setup.line")}</p>
          <Line code="hf_oauth: true" />
          <p className="text-small text-muted">{pieces("setup.missing", { names: <Fragment key="names">{names}</Fragment> })}</p>
        </>
      )}
    </section>
  );
}

const Variable = ({ name }: { name: string }) => <code className="text-ink">{name}</code>;

function Line({ code }: { code: string }) {
  return (
    <pre className="overflow-x-auto rounded-picture bg-wash px-3 py-2 text-small">
      <code>{code}</code>
    </pre>
  );
}
