"use client";

import { useRef, useState } from "react";
import { ApiFailure, requestJson, unreachable } from "@/components/api-client";
import { buttonClass } from "@/components/button";
import { formatBytes } from "@/components/format";
import { countPictures } from "@/components/gallery/count-pictures";
import { forgetDraft } from "@/components/prompt/draft";
import { EraseDialog } from "./erase-dialog";
import { Section } from "./section";

type Proof = { pictures: number; bytes: number; objectsRemoved: number; objectsLeft: number | null };
type State = { phase: "waiting" } | { phase: "erasing" } | { phase: "failed"; problem: string } | { phase: "erased"; proof: Proof };

/** The way out: everything is erased, and what that came to is shown before one leaves. */
export function EraseEverything({ username }: { username: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [state, setState] = useState<State>({ phase: "waiting" });

  async function erase() {
    setState({ phase: "erasing" });
    try {
      const proof = await requestJson<Proof>("DELETE", "/api/account", { body: { username } });
      forgetDraft();
      setState({ phase: "erased", proof });
    } catch (error) {
      setState({ phase: "failed", problem: error instanceof ApiFailure ? error.message : unreachable().message });
    }
  }

  return (
    <Section id="erase" title="Erase everything">
      {state.phase !== "erased" && (
        <>
          <p className="text-muted">
            All your pictures are erased, those in the trash too, and you are signed out. This cannot be undone. Download them first if you
            may want them again.
          </p>
          <button
            type="button"
            disabled={state.phase === "erasing"}
            onClick={() => dialog.current?.showModal()}
            className={buttonClass("danger")}
          >
            Erase everything…
          </button>
        </>
      )}
      <div aria-live="polite" className="flex flex-col gap-3">
        {state.phase === "erasing" && <p className="text-muted">Erasing. Stay on this page to see that nothing is left.</p>}
        {state.phase === "failed" && <p className="text-danger">{state.problem}</p>}
        {state.phase === "erased" && (
          <>
            <p>{describe(state.proof)}</p>
            <p className="text-muted">You are signed out.</p>
          </>
        )}
      </div>
      {state.phase === "erased" && (
        // A whole new page: nothing that was shown before may stay in memory.
        <a href="/" className={buttonClass("quiet")}>
          To the start page
        </a>
      )}
      <EraseDialog ref={dialog} username={username} onConfirm={erase} />
    </Section>
  );
}

function describe({ pictures, bytes, objectsRemoved, objectsLeft }: Proof): string {
  const erased = `${countPictures(pictures)} erased, ${formatBytes(bytes)}.`;
  if (objectsLeft === null) return `${erased} Nobody can see them any more. Their files are removed as soon as storage answers again.`;
  const files = (count: number) => `${new Intl.NumberFormat("en").format(count)} ${count === 1 ? "file" : "files"}`;
  if (objectsLeft > 0)
    return `${erased} ${files(objectsRemoved)} removed; ${files(objectsLeft)} will follow as soon as storage lets go of them.`;
  return `${erased} ${files(objectsRemoved)} removed from storage, none left.`;
}
