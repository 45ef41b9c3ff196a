import { MessagePage } from "@/components/frame/message-page";
import { SignIn } from "./sign-in";

/** In the frame, where nothing can be redirected to the provider: the badge comes to the page that needs it. */
export function SignInFirst({ next }: { next: string }) {
  return (
    <MessagePage title="Sign in to see this" text="What you make is yours alone: it opens for you once you are signed in.">
      <SignIn embedded next={next} size="lg" />
    </MessagePage>
  );
}
