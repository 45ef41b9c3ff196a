import { ArrowRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/button";
import { SignIn } from "@/components/embedded/sign-in";
import { PictureWall } from "@/components/landing/picture-wall";
import { SignInSetup } from "@/components/landing/sign-in-setup";
import { currentUser, isEmbedded, signInStatus } from "@/lib/auth/session";
import { duplication } from "@/lib/http/duplication";
import { publicOrigin } from "@/lib/http/page-headers";
import { currentLanguage, currentTexts, currentWords } from "@/lib/language/current";
import type { Words } from "@/lib/language/words";
import { site } from "@/lib/site";
import { card, wall } from "@/lib/wall";

/** How the start page looks in search results, and where somebody passes its address on. */
export async function generateMetadata(): Promise<Metadata> {
  const [language, { tagline }] = await Promise.all([currentLanguage(), currentTexts()]);
  const { src, ...size } = card;
  return {
    metadataBase: publicOrigin(),
    alternates: { canonical: "/" },
    openGraph: {
      type: "website",
      siteName: site.name,
      title: site.name,
      description: tagline,
      url: "/",
      locale: language,
      images: [{ url: src, ...size, alt: tagline }],
    },
    twitter: { card: "summary_large_image" },
  };
}

export default async function StartPage({ searchParams }: { searchParams: Promise<{ notice?: string | string[] }> }) {
  const [person, embedded, { notice }, { landing }, words, language] = await Promise.all([
    currentUser(),
    isEmbedded(),
    searchParams,
    currentTexts(),
    currentWords(),
    currentLanguage(),
  ]);
  return (
    <div className="page-edge">
      <div className="grid gap-x-16 gap-y-10 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <div className="flex flex-col items-start justify-center gap-8 pt-10 sm:pt-16 lg:py-16 lg:pl-[4vw]">
          <h1 className="max-w-[14ch] font-serif text-display tracking-[-0.02em] whitespace-pre-line">{landing.sentence}</h1>
          {notice === "declined" && !person && (
            <p role="status" className="border-l-2 border-accent pl-3 text-muted">
              {words.say("error.sign_in_declined")}
            </p>
          )}
          <WayIn signedIn={person !== null} embedded={embedded} words={words} />
        </div>
        <div className="h-[22rem] overflow-hidden rounded-large sm:h-[34rem] lg:-mr-6 lg:h-[clamp(34rem,100dvh-9rem,62vw)] lg:rounded-r-none">
          <PictureWall pictures={wall} language={language} />
        </div>
      </div>
      <dl className="grid gap-x-16 gap-y-8 pt-14 sm:grid-cols-3 lg:px-[4vw] lg:pt-20">
        {landing.lines.map(({ title, text }, index) => (
          <div key={title} className="flex flex-col gap-1.5 border-t border-line pt-4">
            <dt className="font-medium">{title}</dt>
            <dd className="text-small text-muted">
              {text}
              {index === landing.lines.length - 1 && <DuplicateLink words={words} />}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function WayIn({ signedIn, embedded, words }: { signedIn: boolean; embedded: boolean; words: Words }) {
  const { configured, missing } = signInStatus();
  if (signedIn) {
    return (
      <Link href="/gallery" className={`${buttonClass("primary")} min-h-12 px-7 text-base`}>
        {words.say("frame.openGallery")}
        <ArrowRight size={18} aria-hidden />
      </Link>
    );
  }
  return configured ? <SignIn embedded={embedded} /> : <SignInSetup missing={missing} words={words} />;
}

function DuplicateLink({ words }: { words: Words }) {
  const duplicate = duplication();
  if (!duplicate) return null;
  return (
    <>
      {" "}
      <a href={duplicate.href} target="_blank" rel="noopener" className="quiet-link">
        {words.say(duplicate.label)}
      </a>
    </>
  );
}
