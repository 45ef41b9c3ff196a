"use client";

import { Link2 } from "lucide-react";
import { useRef } from "react";
import { buttonClass } from "@/components/button";
import { useWords } from "@/components/language/words-provider";
import { type Shareable, ShareDialog } from "./share-dialog";

/** The way to a link that shows a picture or a collection to whoever has it. */
export function ShareButton({ of }: { of: Shareable }) {
  const { say } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button type="button" className={buttonClass("quiet")} onClick={() => dialog.current?.showModal()}>
        <Link2 size={16} aria-hidden />
        {say("sharing.title")}
      </button>
      <ShareDialog ref={dialog} of={of} />
    </>
  );
}
