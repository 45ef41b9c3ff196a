"use client";

import { MessagePage } from "@/components/frame/message-page";
import { useWords } from "@/components/language/words-provider";

/** In place of pictures that cannot be read just now. */
export function StorageSilent() {
  const { say } = useWords();
  return (
    <MessagePage title={say("page.silent")} text={say("page.silentText")}>
      <a href="/gallery" className="quiet-link">
        {say("frame.tryAgain")}
      </a>
    </MessagePage>
  );
}
