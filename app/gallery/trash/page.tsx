import { GallerySkeleton } from "@/components/gallery/gallery-skeleton";
import { ShapeRules } from "@/components/gallery/shape-rules";
import { StorageSilent } from "@/components/gallery/storage-silent";
import { TrashView } from "@/components/gallery/trash-view";
import { UnlessQuick } from "@/components/gallery/unless-quick";
import { requirePerson } from "@/lib/auth/session";
import { listGenerations } from "@/lib/gallery/gallery";
import { limits, sizes, trashDays } from "@/lib/gallery/generation";
import { ifAvailable } from "@/lib/gallery/if-available";
import { styleNonce } from "@/lib/http/style-nonce";
import { currentWords, titled } from "@/lib/language/current";

export const generateMetadata = titled("title.trash");

export default async function TrashPage() {
  const person = await requirePerson("/gallery/trash");
  const { say } = await currentWords();
  return (
    <div className="page-edge flex flex-col gap-6 pt-6">
      <h1 className="font-serif text-large">{say("trash.title")}</h1>
      <UnlessQuick load={() => firstPage(person.id)} fallback={<GallerySkeleton sizes={sizes} />} />
    </div>
  );
}

async function firstPage(owner: string) {
  const [page, nonce] = await Promise.all([ifAvailable(listGenerations(owner, { trashed: true })), styleNonce()]);
  if (!page) return <StorageSilent />;
  return (
    <>
      {nonce && <ShapeRules sizes={page.items} nonce={nonce} />}
      <TrashView firstPage={page} asOf={Date.now()} days={trashDays} mostSelected={limits.selection} />
    </>
  );
}
