"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { type LanguageChoice, LanguageSwitch } from "@/components/language/language-switch";
import { useWords } from "@/components/language/words-provider";
import { Avatar, type Depicted } from "./avatar";
import { SignOutButton } from "./sign-out-button";

const entry = "flex min-h-11 w-full items-center rounded-picture px-3 text-left text-small hover:bg-wash";

/**
 * Who is signed in, and where that leads. The platform's own popover: it closes with Escape and by clicking elsewhere. Its entries
 * are made when it first opens: every page carries the menu, and few are left through it.
 */
export function PersonMenu({ name, username, avatarUrl, languages }: Depicted & Pick<EntriesProps, "languages">) {
  const { pieces, say } = useWords();
  const menu = useRef<HTMLDivElement>(null);
  const [wasOpened, setWasOpened] = useState(false);
  useEffect(() => {
    // It can be opened before scripts have come.
    if (menu.current?.matches(":popover-open")) setWasOpened(true);
  }, []);
  const close = () => menu.current?.hidePopover();
  return (
    <>
      <button
        type="button"
        popoverTarget="person-menu"
        className="flex min-h-11 shrink-0 items-center gap-2 rounded-full py-1 pr-3 pl-1.5 text-small font-medium hover:bg-wash"
      >
        <Avatar person={{ name, username, avatarUrl }} size={30} />
        <span dir="auto" className="max-w-40 truncate max-sm:sr-only">
          {name}
        </span>
        <ChevronDown size={14} aria-hidden className="text-muted" />
      </button>
      <div
        ref={menu}
        id="person-menu"
        popover="auto"
        onBeforeToggle={() => setWasOpened(true)}
        className="rise fixed inset-auto top-14 right-[max(0.75rem,env(safe-area-inset-right))] m-0 w-60 rounded-large border border-line bg-sheet p-1.5 text-ink shadow-lift sm:right-6"
      >
        <p className="truncate px-3 pt-2 pb-2.5 text-small text-muted">
          {pieces("frame.signedInAs", {
            username: (
              <span key="username" className="text-ink">
                {username}
              </span>
            ),
          })}
        </p>
        {wasOpened && <Entries close={close} languages={languages} />}
        <noscript>
          <a href="/account" className={entry}>
            {say("frame.account")}
          </a>
        </noscript>
      </div>
    </>
  );
}

type EntriesProps = { close: () => void; languages: readonly LanguageChoice[] };

function Entries({ close, languages }: EntriesProps) {
  const { say } = useWords();
  return (
    <nav aria-label={say("frame.account")} className="border-t border-line pt-1.5">
      <Link href="/gallery" className={entry} onClick={close}>
        {say("frame.gallery")}
      </Link>
      <Link href="/gallery/trash" className={entry} onClick={close}>
        {say("frame.trash")}
      </Link>
      <Link href="/account" className={entry} onClick={close}>
        {say("frame.account")}
      </Link>
      <LanguageSwitch choices={languages} className={entry} />
      <SignOutButton className={entry} />
    </nav>
  );
}
