"use client";

import { useRef, useState } from "react";
import { requestJson, sentenceOf } from "@/components/api-client";
import { buttonClass } from "@/components/button";
import { formatBytes } from "@/components/format";
import { useWords } from "@/components/language/words-provider";
import { forgetDraft } from "@/components/prompt/draft";
import type { ClientKey, Words } from "@/lib/language/words";
import { EraseDialog } from "./erase-dialog";
import { Section } from "./section";

type Proof = { pictures: number; collections: number; links: number; bytes: number; objectsRemoved: number; objectsLeft: number | null };
type State = { phase: "waiting" } | { phase: "erasing" } | { phase: "failed"; problem: string } | { phase: "erased"; proof: Proof };

/** The way out: everything is erased, and what that came to is shown before one leaves. */
export function EraseEverything({ username }: { username: string }) {
  const words = useWords();
  const { say } = words;
  const dialog = useRef<HTMLDialogElement>(null);
  const [state, setState] = useState<State>({ phase: "waiting" });

  async function erase() {
    setState({ phase: "erasing" });
    try {
      const proof = await requestJson<Proof>("DELETE", "/api/account", { body: { username } });
      forgetDraft();
      setState({ phase: "erased", proof });
    } catch (error) {
      setState({ phase: "failed", problem: sentenceOf(words, error, "error.unreachable") });
    }
  }

  return (
    <Section id="erase" title={say("erase.title")}>
      {state.phase !== "erased" && (
        <>
          <p className="text-muted">{say("erase.text")}</p>
          <button
            type="button"
            disabled={state.phase === "erasing"}
            onClick={() => dialog.current?.showModal()}
            className={buttonClass("danger")}
          >
            {say("erase.open")}
          </button>
        </>
      )}
      <div aria-live="polite" className="flex flex-col gap-3">
        {state.phase === "erasing" && <p className="text-muted">{say("erase.erasing")}</p>}
        {state.phase === "failed" && <p className="text-danger">{state.problem}</p>}
        {state.phase === "erased" && (
          <>
            <p>{describe(words, state.proof)}</p>
            <p className="text-muted">{say("erase.signedOut")}</p>
          </>
        )}
      </div>
      {state.phase === "erased" && (
        // A whole new page: nothing that was shown before may stay in memory.
        <a href="/" className={buttonClass("quiet")}>
          {say("erase.toStart")}
        </a>
      )}
      <EraseDialog ref={dialog} username={username} onConfirm={erase} />
    </Section>
  );
}

function describe(words: Words<ClientKey>, { pictures, collections, links, bytes, objectsRemoved, objectsLeft }: Proof): string {
  const { say } = words;
  const parts = [say("pictures", { count: pictures })];
  if (collections > 0) parts.push(say("collections.count", { count: collections }));
  if (links > 0) parts.push(say("sharing.count", { count: links }));
  const erased = say("erase.done", { pictures: new Intl.ListFormat(words.language).format(parts), bytes: formatBytes(words, bytes) });
  if (objectsLeft === null) return `${erased} ${say("erase.silent")}`;
  const removed = say("files", { count: objectsRemoved });
  if (objectsLeft > 0) return `${erased} ${say("erase.someLeft", { removed, left: say("files", { count: objectsLeft }) })}`;
  return `${erased} ${say("erase.noneLeft", { removed })}`;
}
