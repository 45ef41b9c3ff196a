"use client";

import Link from "next/link";
import { buttonClass } from "@/components/button";
import { ErrorDetails } from "@/components/frame/error-details";
import { MessagePage } from "@/components/frame/message-page";
import { useWords } from "@/components/language/words-provider";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const { say } = useWords();
  return (
    <MessagePage title={say("page.broken")} text={say("page.brokenText")}>
      <button type="button" className={buttonClass("primary")} onClick={retry}>
        {say("frame.tryAgain")}
      </button>
      <Link href="/" prefetch={false} className={buttonClass("plain")}>
        {say("frame.startPage")}
      </Link>
      <ErrorDetails error={error} />
    </MessagePage>
  );
}
