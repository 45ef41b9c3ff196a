import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Toaster } from "@/components/feedback/toaster";
import { DeclinedNotice } from "@/components/frame/declined-notice";
import { EphemeralLine } from "@/components/frame/ephemeral-line";
import { SiteFooter } from "@/components/frame/site-footer";
import { SiteHeader } from "@/components/frame/site-header";
import { ShapeRules } from "@/components/gallery/shape-rules";
import { ShelvesProvider } from "@/components/gallery/shelves-provider";
import { MakingProvider } from "@/components/making/making-provider";
import { isOwner } from "@/lib/auth/owner";
import { currentUser, isEmbedded, signInStatus } from "@/lib/auth/session";
import { sizes } from "@/lib/gallery/generation";
import { knownStorageKind } from "@/lib/gallery/library";
import { site } from "@/lib/site";

export const metadata: Metadata = {
  title: { default: `${site.name}: ${site.tagline}`, template: `%s · ${site.name}` },
  description: site.tagline,
  applicationName: site.name,
};

export const viewport: Viewport = { colorScheme: "light dark", width: "device-width", initialScale: 1, viewportFit: "cover" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Inside the Hub's frame the page gives up its outer margins and its footer.
  const [person, embedded, sent] = await Promise.all([currentUser(), isEmbedded(), headers()]);
  return (
    <html lang="en" data-embedded={embedded || undefined}>
      <head>
        <ShapeRules sizes={sizes} nonce={sent.get("x-nonce") ?? undefined} />
      </head>
      <body className="flex min-h-dvh flex-col max-sm:pb-[var(--bar-height,0px)]">
        <a href="#content" className="skip-link">
          Skip to content
        </a>
        {/* Another person, another table: nothing of the one before is left on it. */}
        <ShelvesProvider key={person?.id}>
          <MakingProvider signedIn={person !== null}>
            <Toaster>
              <SiteHeader person={person} canSignIn={signInStatus().configured} embedded={embedded} />
              {knownStorageKind() === "ephemeral" && <EphemeralLine isOwner={person !== null && isOwner(person)} />}
              {person && <DeclinedNotice />}
              <main id="content" tabIndex={-1} className="flex-1 outline-none focus-visible:shadow-none">
                {children}
              </main>
            </Toaster>
          </MakingProvider>
        </ShelvesProvider>
        {!embedded && <SiteFooter />}
      </body>
    </html>
  );
}
