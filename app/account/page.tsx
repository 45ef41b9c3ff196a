import type { Metadata } from "next";
import Link from "next/link";
import { EraseEverything } from "@/components/account/erase-everything";
import { Permissions } from "@/components/account/permissions";
import { Section } from "@/components/account/section";
import { Session } from "@/components/account/session";
import { TakeAlong } from "@/components/account/take-along";
import { WhatIsKept } from "@/components/account/what-is-kept";
import { WhoYouAre } from "@/components/account/who-you-are";
import { isOwner } from "@/lib/auth/owner";
import { currentOrganizations, requirePerson } from "@/lib/auth/session";
import { measureUsage, storageStatus } from "@/lib/gallery/gallery";
import { ifAvailable } from "@/lib/gallery/if-available";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const person = await requirePerson("/account");
  const [usage, storage, organizations] = await Promise.all([
    ifAvailable(measureUsage(person.id)),
    storageStatus(),
    currentOrganizations(),
  ]);
  return (
    <div className="page-edge">
      <div className="mx-auto max-w-3xl pt-6">
        <h1 className="pb-6 font-serif text-large">Account</h1>
        <WhoYouAre person={person} organizations={organizations} />
        <WhatIsKept usage={usage} storage={storage} />
        <TakeAlong />
        <Permissions scopes={person.scopes} />
        {isOwner(person) && (
          <Section id="space" title="This Space">
            <p className="text-muted">You own it.</p>
            <Link href="/status" className="quiet-link text-small">
              See what is set up and what is missing
            </Link>
          </Section>
        )}
        <Session expiresAt={person.expiresAt} />
        <EraseEverything username={person.username} />
      </div>
    </div>
  );
}
