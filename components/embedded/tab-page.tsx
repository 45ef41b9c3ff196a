import type { ReactNode } from "react";
import { Avatar } from "@/components/people/avatar";
import type { Person } from "@/lib/auth/person";

type TabPageProps = { person: Person; title: string; text: string; children: ReactNode };

/** What the tab that the embedded badge opened has to say to a signed-in person, and ways forward. */
export function TabPage({ person, title, text, children }: TabPageProps) {
  return (
    <div className="mx-auto flex max-w-xl flex-col items-start gap-6 px-5 pt-[14dvh] pb-16">
      <Avatar person={person} size={64} />
      <div className="flex max-w-full flex-col gap-3">
        <h1 className="font-serif text-large break-words">{title}</h1>
        <p className="text-muted">{text}</p>
      </div>
      <div className="flex w-full flex-wrap items-start gap-2">{children}</div>
    </div>
  );
}
