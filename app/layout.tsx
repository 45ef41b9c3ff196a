import "./globals.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Toaster } from "@/components/feedback/toaster";
import { DeclinedNotice } from "@/components/frame/declined-notice";
import { EphemeralLine } from "@/components/frame/ephemeral-line";
import { SiteFooter } from "@/components/frame/site-footer";
import { SiteHeader } from "@/components/frame/site-header";
import { ShapeRules } from "@/components/gallery/shape-rules";
import { ShelvesProvider } from "@/components/gallery/shelves-provider";
import { WordsProvider } from "@/components/language/words-provider";
import { MakingProvider } from "@/components/making/making-provider";
import { isOwner } from "@/lib/auth/owner";
import { currentUser, isEmbedded, signInStatus } from "@/lib/auth/session";
import { sizes } from "@/lib/gallery/generation";
import { knownStorageKind } from "@/lib/gallery/storage-status";
import { duplication } from "@/lib/http/duplication";
import { documentNonce } from "@/lib/http/style-nonce";
import { currentLanguage, currentTexts, currentWords } from "@/lib/language/current";
import { clientMessages, directionOf, hasLatinDigits, languagesBeside } from "@/lib/language/languages";
import { site } from "@/lib/site";

export async function generateMetadata(): Promise<Metadata> {
  const { tagline } = await currentTexts();
  return {
    title: { default: `${site.name}: ${tagline}`, template: `%s · ${site.name}` },
    description: tagline,
    applicationName: site.name,
  };
}

export const viewport: Viewport = { colorScheme: "light dark", width: "device-width", initialScale: 1, viewportFit: "cover" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Inside the Hub's frame the page gives up its outer margins and its footer.
  const [person, embedded, nonce, language, words] = await Promise.all([
    currentUser(),
    isEmbedded(),
    documentNonce(),
    currentLanguage(),
    currentWords(),
  ]);
  return (
    <html lang={language} dir={directionOf(language)} data-embedded={embedded || undefined}>
      <head>
        <ShapeRules sizes={sizes} nonce={nonce} />
      </head>
      <body className="flex min-h-dvh flex-col max-sm:pb-[var(--bar-height,0px)]">
        <a href="#content" className="skip-link">
          {words.say("frame.skip")}
        </a>
        <WordsProvider key={language} language={language} messages={clientMessages[language]} latinDigits={hasLatinDigits(language)}>
          {/* Another person, another table: nothing of the one before is left on it. */}
          <ShelvesProvider key={person?.id}>
            <MakingProvider signedIn={person !== null}>
              <Toaster>
                <SiteHeader
                  person={person}
                  canSignIn={signInStatus().configured}
                  embedded={embedded}
                  languages={languagesBeside(language)}
                  words={words}
                />
                {knownStorageKind() === "ephemeral" && <EphemeralLine isOwner={person !== null && isOwner(person)} words={words} />}
                {person && <DeclinedNotice />}
                <main id="content" tabIndex={-1} className="flex-1 outline-none focus-visible:shadow-none">
                  {children}
                </main>
              </Toaster>
            </MakingProvider>
          </ShelvesProvider>
        </WordsProvider>
        {!embedded && (
          <SiteFooter
            tagline={(await currentTexts()).tagline}
            duplicate={duplication()}
            languages={languagesBeside(language)}
            words={words}
          />
        )}
      </body>
    </html>
  );
}
