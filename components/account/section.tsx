import type { ReactNode } from "react";

type SectionProps = { id: string; title: string; children: ReactNode };

/** One matter of the account page: its name on the left, what is to be said on the right. */
export function Section({ id, title, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="grid gap-x-10 gap-y-4 border-t border-line py-7 sm:grid-cols-[11rem_minmax(0,1fr)]">
      <h2 id={id} className="font-medium">
        {title}
      </h2>
      <div className="flex min-w-0 flex-col items-start gap-4">{children}</div>
    </section>
  );
}
