"use client";

import Link from "next/link";
import { buttonClass } from "@/components/button";
import { ErrorDetails } from "@/components/frame/error-details";
import { MessagePage } from "@/components/frame/message-page";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <MessagePage
      title="This page could not be shown"
      text="Your pictures are safe. Try again; if it stays, tell the owner of this Space the error id."
    >
      <button type="button" className={buttonClass("primary")} onClick={retry}>
        Try again
      </button>
      <Link href="/" prefetch={false} className={buttonClass("plain")}>
        Start page
      </Link>
      <ErrorDetails error={error} />
    </MessagePage>
  );
}
