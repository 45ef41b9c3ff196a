import Link from "next/link";
import { EraseEverything } from "@/components/account/erase-everything";
import { Permissions } from "@/components/account/permissions";
import { Section } from "@/components/account/section";
import { Session } from "@/components/account/session";
import { TakeAlong } from "@/components/account/take-along";
import { WhatIsKept } from "@/components/account/what-is-kept";
import { WhoYouAre } from "@/components/account/who-you-are";
import { Links } from "@/components/sharing/links";
import { SingleKeysBox } from "@/components/single-keys-box";
import { isOwner } from "@/lib/auth/owner";
import { currentOrganizations, requirePerson } from "@/lib/auth/session";
import { measureUsage, storageStatus } from "@/lib/gallery/gallery";
import { ifAvailable } from "@/lib/gallery/if-available";
import { listShares } from "@/lib/gallery/shares";
import { currentWords, titled } from "@/lib/language/current";
import { features } from "@/lib/site";

export const generateMetadata = titled("title.account");

export default async function AccountPage() {
  const person = await requirePerson("/account");
  const [usage, storage, organizations, words, shares] = await Promise.all([
    ifAvailable(measureUsage(person.id)),
    storageStatus(),
    currentOrganizations(),
    currentWords(),
    features.sharing ? ifAvailable(listShares(person.id)) : [],
  ]);
  const { say } = words;
  return (
    <div className="page-edge">
      <div className="mx-auto max-w-3xl pt-6">
        <h1 className="pb-6 font-serif text-large">{say("account.title")}</h1>
        <WhoYouAre person={person} organizations={organizations} words={words} />
        <WhatIsKept usage={usage} storage={storage} words={words} />
        {features.sharing && <Links shares={shares} asOf={Date.now()} />}
        {features.takeAlong && <TakeAlong />}
        <Permissions scopes={person.scopes} words={words} />
        {isOwner(person) && (
          <Section id="space" title={say("account.space")}>
            <p className="text-muted">{say("account.youOwnIt")}</p>
            <Link href="/status" className="quiet-link text-small">
              {say("account.seeStatus")}
            </Link>
          </Section>
        )}
        <Section id="keys" title={say("keys.title")}>
          <SingleKeysBox />
        </Section>
        <Session expiresAt={person.expiresAt} words={words} />
        <EraseEverything username={person.username} />
      </div>
    </div>
  );
}
