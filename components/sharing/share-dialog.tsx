"use client";

import Link from "next/link";
import { type Ref, useState } from "react";
import { requestJson, sentenceOf } from "@/components/api-client";
import { buttonClass } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { useWords } from "@/components/language/words-provider";
import type { Lifetime, Share } from "@/lib/gallery/share";
import { addressOfPath, CopyLink } from "./copy-link";

/** What is shared: one of the two, by its id. */
export type Shareable = { picture: string } | { collection: string };

type ShareDialogProps = {
  /** Open it with `showModal()`. */
  ref: Ref<HTMLDialogElement>;
  of: Shareable;
};

const lifetimes: readonly Lifetime[] = ["day", "week", "month", "never"];

/** Makes a link: says who will see what, and for how long; then shows it, to be copied. */
export function ShareDialog({ ref, of }: ShareDialogProps) {
  const { say } = useWords();
  const [made, setMade] = useState<Share | null>(null);
  return (
    <Dialog
      ref={ref}
      closeLabel={say(made ? "collections.done" : "sharing.keep")}
      title={say(made ? "sharing.made" : "sharing.title")}
      onClose={() => setMade(null)}
    >
      {made ? <MadeLink share={made} /> : <NewLink of={of} onMade={setMade} />}
    </Dialog>
  );
}

function NewLink({ of, onMade }: { of: Shareable; onMade: (share: Share) => void }) {
  const words = useWords();
  const { say } = words;
  const isCollection = "collection" in of;
  const [withWords, setWithWords] = useState(false);
  const [withName, setWithName] = useState(false);
  const [lifetime, setLifetime] = useState<Lifetime>("week");
  const [state, setState] = useState<{ busy: boolean; problem: string }>({ busy: false, problem: "" });

  async function make() {
    setState({ busy: true, problem: "" });
    try {
      onMade(await requestJson<Share>("POST", "/api/shares", { body: { ...of, withWords, withName, lifetime } }));
    } catch (error) {
      setState({ busy: false, problem: sentenceOf(words, error, "error.unreachable") });
    }
  }

  return (
    <>
      <p className="text-muted">{say(isCollection ? "sharing.collectionText" : "sharing.pictureText")}</p>
      <div className="flex flex-col">
        <Box label={say("sharing.withWords")} checked={withWords} onChange={setWithWords} />
        <Box label={say("sharing.withName")} checked={withName} onChange={setWithName} />
      </div>
      <label className="flex flex-col gap-1 text-small text-muted">
        {say("sharing.works")}
        <select
          className="min-h-11 rounded-picture border border-edge bg-sheet px-3 text-base text-ink"
          value={lifetime}
          onChange={(event) => setLifetime(event.target.value as Lifetime)}
        >
          {lifetimes.map((value) => (
            <option key={value} value={value}>
              {say(`sharing.lifetime.${value}`)}
            </option>
          ))}
        </select>
      </label>
      <p role="status" className="text-small text-danger empty:hidden">
        {state.problem}
      </p>
      <button type="button" className={buttonClass("primary")} disabled={state.busy} onClick={() => void make()}>
        {say("sharing.make")}
      </button>
    </>
  );
}

function Box({ label, checked, onChange }: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className="flex min-h-11 items-center gap-3">
      <input type="checkbox" className="size-5 shrink-0" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}

function MadeLink({ share }: { share: Share }) {
  const { say, pieces } = useWords();
  return (
    <>
      <input
        aria-label={say("sharing.made")}
        readOnly
        value={addressOfPath(share.path)}
        onFocus={(event) => event.currentTarget.select()}
        className="min-h-11 w-full rounded-picture border border-edge bg-sheet px-3"
      />
      <p className="text-small text-muted">
        {pieces("sharing.revocable", {
          account: (
            <Link key="account" href="/account#links" className="quiet-link">
              {say("frame.account")}
            </Link>
          ),
        })}
      </p>
      <CopyLink path={share.path} kind="primary" />
    </>
  );
}
