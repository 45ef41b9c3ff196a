import { redirect } from "next/navigation";
import { ContinueAs } from "@/components/embedded/continue-as";
import { SignInFirst } from "@/components/embedded/sign-in-first";
import { TabIsDone } from "@/components/embedded/tab-is-done";
import { handoffOfTab } from "@/lib/auth/embedded-sign-in";
import { safeNextPath } from "@/lib/auth/next-path";
import { currentUser, isEmbedded, requirePerson } from "@/lib/auth/session";
import { currentWords, titled } from "@/lib/language/current";

export const generateMetadata = titled("title.embedded");

/** In a tab: where it ends when the badge in the embedded page opened it. In the frame itself: that badge, for a page that needs it. */
export default async function EmbeddedPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = safeNextPath((await searchParams).next);
  const words = await currentWords();
  if (await isEmbedded()) {
    if (await currentUser()) redirect(next);
    return <SignInFirst next={next} words={words} />;
  }
  const person = await requirePerson(`/embedded?next=${encodeURIComponent(next)}`);
  const handoff = await handoffOfTab();
  if (handoff === "open") return <ContinueAs person={person} next={next} words={words} />;
  return <TabIsDone person={person} next={next} isTooLate={handoff === "ended"} words={words} />;
}
