import type { ReactNode } from "react";

type MessagePageProps = { title: string; text: string; children: ReactNode };

/** A page that has one thing to say, and ways forward. */
export function MessagePage({ title, text, children }: MessagePageProps) {
  return (
    <div className="mx-auto flex max-w-xl flex-col items-start gap-6 px-5 pt-[14dvh] pb-16">
      <MissingPicture />
      <div className="flex flex-col gap-3">
        <h1 className="font-serif text-large">{title}</h1>
        <p className="text-muted">{text}</p>
      </div>
      <div className="flex w-full flex-wrap items-start gap-2">{children}</div>
    </div>
  );
}

/** Four corners that hold no picture. */
function MissingPicture() {
  return (
    <svg width="88" height="66" viewBox="0 0 88 66" aria-hidden="true">
      <path className="fill-accent" d="M0 18V0h18zM70 0h18v18zM88 48v18H70zM18 66H0V48z" />
      <rect x="6.500" y="6.500" width="75" height="53" className="fill-none stroke-edge" strokeDasharray="3 4" />
    </svg>
  );
}
