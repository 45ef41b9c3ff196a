import { MessagePage } from "@/components/frame/message-page";

/** In place of pictures that cannot be read just now. */
export function StorageSilent() {
  return (
    <MessagePage
      title="Your pictures cannot be shown just now"
      text="Storage is not answering. Nothing is lost by that; try again in a moment. The owner of this Space finds the reason in its log."
    >
      <a href="/gallery" className="quiet-link">
        Try again
      </a>
    </MessagePage>
  );
}
