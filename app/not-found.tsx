import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/button";
import { MessagePage } from "@/components/frame/message-page";

export const metadata: Metadata = { title: "Nothing here" };

export default function NotFound() {
  return (
    <MessagePage title="There is nothing here" text="It may have been erased, or the address is not right.">
      <Link href="/gallery" prefetch={false} className={buttonClass("primary")}>
        Open your gallery
      </Link>
      <Link href="/" className={buttonClass("plain")}>
        Start page
      </Link>
    </MessagePage>
  );
}
