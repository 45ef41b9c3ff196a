import { MessagePage } from "@/components/frame/message-page";
import type { Words } from "@/lib/language/words";
import { SignIn } from "./sign-in";

/** In the frame, where nothing can be redirected to the provider: the badge comes to the page that needs it. */
export function SignInFirst({ next, words: { say } }: { next: string; words: Words }) {
  return (
    <MessagePage title={say("embedded.first")} text={say("embedded.firstText")}>
      <SignIn embedded next={next} size="lg" />
    </MessagePage>
  );
}
