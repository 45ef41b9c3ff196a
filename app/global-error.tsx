"use client";

import "./globals.css";
import { buttonClass } from "@/components/button";
import { ErrorDetails } from "@/components/frame/error-details";
import { MessagePage } from "@/components/frame/message-page";
import { site } from "@/lib/site";

export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>{site.name}</title>
        <main>
          <MessagePage
            title={`${site.name} could not be shown`}
            text="Your pictures are safe. Try again; if it stays, tell the owner of this Space the error id."
          >
            <button type="button" className={buttonClass("primary")} onClick={retry}>
              Try again
            </button>
            <ErrorDetails error={error} />
          </MessagePage>
        </main>
      </body>
    </html>
  );
}
