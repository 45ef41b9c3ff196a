"use client";

import "./globals.css";
import { useState } from "react";
import { buttonClass } from "@/components/button";
import { ErrorDetails } from "@/components/frame/error-details";
import { MessagePage } from "@/components/frame/message-page";
import { WordsProvider } from "@/components/language/words-provider";
import { chooseLanguage } from "@/lib/language/choose";
import { wordsIn } from "@/lib/language/words";
import { lastResort } from "@/lib/messages/last-resort";
import { site } from "@/lib/site";

export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const [language] = useState(languageOfPage);
  const messages = lastResort[language];
  const { say } = wordsIn(language, messages);
  return (
    <html lang={language}>
      <body>
        <title>{site.name}</title>
        <main>
          <WordsProvider language={language} messages={messages}>
            <MessagePage title={say("page.broken")} text={say("page.brokenText")}>
              <button type="button" className={buttonClass("primary")} onClick={retry}>
                {say("frame.tryAgain")}
              </button>
              <ErrorDetails error={error} />
            </MessagePage>
          </WordsProvider>
        </main>
      </body>
    </html>
  );
}

/** That of the page before, while there is one: nothing else that knows it is left. */
function languageOfPage() {
  if (typeof document === "undefined") return chooseLanguage(undefined, null);
  return chooseLanguage(document.documentElement.lang, navigator.languages.join());
}
