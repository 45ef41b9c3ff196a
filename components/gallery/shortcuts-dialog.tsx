"use client";

import { useRef } from "react";
import { Dialog } from "@/components/dialog";
import { useWords } from "@/components/language/words-provider";
import { SingleKeysBox } from "@/components/single-keys-box";
import { useKeys } from "@/components/use-keys";
import type { ClientKey } from "@/lib/language/words";

type Name = ClientKey & `keys.${string}`;

/** What is pressed, a message or the key itself, and what that does. */
const shortcuts: readonly (readonly [Name | { key: string }, Name])[] = [
  ["keys.arrows", "keys.arrowsDo"],
  ["keys.enter", "keys.enterDo"],
  ["keys.escape", "keys.escapeDo"],
  [{ key: "F" }, "keys.favouriteDo"],
  [{ key: "V" }, "keys.varyDo"],
  [{ key: "C" }, "keys.copyDo"],
  [{ key: "Z" }, "keys.zoomDo"],
  ["keys.delete", "keys.deleteDo"],
  [{ key: "X" }, "keys.selectDo"],
  ["keys.shiftClick", "keys.shiftClickDo"],
  ["keys.all", "keys.allDo"],
  [{ key: "?" }, "keys.listDo"],
];

/** The list of shortcuts, opened by `?`. */
export function ShortcutsDialog() {
  const { say } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useKeys({ "?": () => dialog.current?.showModal() });
  return (
    <Dialog ref={dialog} closeLabel={say("frame.close")} title={say("keys.title")} isWide>
      <dl className="text-small">
        {shortcuts.map(([keys, what]) => (
          <div key={what} className="flex justify-between gap-6 border-b border-line py-2">
            <dt>
              <kbd className="font-sans font-medium">{typeof keys === "string" ? say(keys) : keys.key}</kbd>
            </dt>
            <dd className="text-right text-muted">{say(what)}</dd>
          </div>
        ))}
      </dl>
      <SingleKeysBox />
    </Dialog>
  );
}
