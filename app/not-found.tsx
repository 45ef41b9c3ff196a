import Link from "next/link";
import { buttonClass } from "@/components/button";
import { MessagePage } from "@/components/frame/message-page";
import { currentWords, titled } from "@/lib/language/current";

export const generateMetadata = titled("title.notFound");

export default async function NotFound() {
  const { say } = await currentWords();
  return (
    <MessagePage title={say("page.nothing")} text={say("page.nothingText")}>
      <Link href="/gallery" prefetch={false} className={buttonClass("primary")}>
        {say("frame.openGallery")}
      </Link>
      <Link href="/" className={buttonClass("plain")}>
        {say("frame.startPage")}
      </Link>
    </MessagePage>
  );
}
