/** Links to a picture or a collection for whoever has them: made, listed and revoked by their owner. What they show: `shared.ts`. */
import "server-only";
import { randomBytes } from "node:crypto";
import { requireCollections } from "@/lib/gallery/collections";
import { inTurn, itemTurns } from "@/lib/gallery/concurrency";
import { blank, type Document, madeOf } from "@/lib/gallery/document";
import { getGeneration } from "@/lib/gallery/gallery";
import { idPattern, thumbnailWidth } from "@/lib/gallery/generation";
import { newId } from "@/lib/gallery/id";
import { itemPrefix } from "@/lib/gallery/layout";
import { type Library, record, withLibrary } from "@/lib/gallery/library";
import { lifetimes, mostShares, type NewShare, type Share } from "@/lib/gallery/share";
import { Failure } from "@/lib/http/errors";

/** How long an answer waits for storage, in milliseconds. Revoking holds here at once, and elsewhere once storage has it. */
const patienceMs = 2000;
const dayMs = 86_400_000;
/** Characters of a prompt that are enough to know it again. */
const longestTitle = 100;

/**
 * Makes a link. `username` is shown with it when the person wants that.
 * @throws Failure `not_found`, also for a picture in the trash, `too_many_shares`, `storage_full`, `storage_unavailable`
 */
export async function createShare(owner: string, username: string, wanted: NewShare): Promise<Share> {
  const { picture, collection, withWords, withName, lifetime } = wanted;
  if (picture !== undefined && (await getGeneration(owner, picture)).trashedAt !== null) throw new Failure("not_found");
  return withLibrary(async (library) => {
    if (collection !== undefined) await requireCollections(library, owner, [collection]);
    const days = lifetimes[lifetime];
    const document = await inTurn(itemTurns(), `shares of ${owner}`, async () => {
      if (openShares(library, owner).filter((share) => !isExpired(share)).length >= mostShares) throw new Failure("too_many_shares");
      return edit(library, blank("share", owner, newId()), {
        token: randomBytes(24).toString("base64url"),
        seal: randomBytes(16).toString("base64url"),
        ...(picture !== undefined ? { picture } : { collection: collection ?? "" }),
        withWords,
        name: withName ? username : null,
        expiresAt: days === null ? null : new Date(Date.now() + days * dayMs).toISOString(),
      });
    });
    await settled(library, document.id);
    return present(library, document);
  });
}

/** A person's links, the newest first, without those that were revoked. @throws Failure `storage_unavailable` */
export function listShares(owner: string): Promise<Share[]> {
  return withLibrary(async (library) =>
    openShares(library, owner)
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .map((document) => present(library, document)),
  );
}

/**
 * Revokes a link: from now on it leads nowhere, and no other ever has its address. Resolves with `saved` once storage can never bring it
 * back, and without it when storage has not heard of it yet.
 * @throws Failure `not_found`, `storage_full`, `storage_unavailable`
 */
export function revokeShare(owner: string, id: string): Promise<{ saved: boolean }> {
  return withLibrary(async (library) => {
    await inTurn(itemTurns(), `shares of ${owner}`, async () => {
      const found = idPattern.test(id)
        ? (library.catalog.documents.find(owner, "share", id) ?? (await findElsewhere(library, owner, id)))
        : null;
      if (!found || found.fields.removedAt) throw new Failure("not_found");
      await edit(library, found, { removedAt: new Date().toISOString() });
    });
    return { saved: await settled(library, id) };
  });
}

// Another replica may have made it a moment ago.
async function findElsewhere({ archive, catalog }: Library, owner: string, id: string): Promise<Document<"share"> | null> {
  const document = await archive.findDocument(id, owner);
  return document?.kind === "share" && !catalog.isErasedWithAccount(madeOf(document)) ? document : null;
}

function openShares({ catalog }: Library, owner: string): Document<"share">[] {
  return catalog.documents.list(owner, "share").filter(({ fields }) => !fields.removedAt);
}

async function edit(library: Library, document: Document<"share">, fields: Document<"share">["fields"]): Promise<Document<"share">> {
  const edited = await library.archive.edit(document, fields);
  record(() => library.catalog.documents.put(edited));
  return edited;
}

/** Whether storage has all of it, as far as that is worth waiting for. */
function settled({ outbox }: Library, id: string): Promise<boolean> {
  return outbox.untilGone(outbox.names(itemPrefix(id)), patienceMs);
}

function present(library: Library, document: Document<"share">): Share {
  const { token, picture, withWords = false, name = null, expiresAt = null } = document.fields;
  const { title, cover } = picture === undefined ? ofCollection(library, document) : ofPicture(library, document.owner, picture);
  return {
    id: document.id,
    path: `/s/${token}`,
    of: picture === undefined ? "collection" : "picture",
    title,
    coverUrl: cover === null ? null : `/api/generations/${cover}/image?width=${thumbnailWidth}`,
    withWords,
    name,
    createdAt: madeOf(document).createdAt,
    expiresAt,
    state: isExpired(document) ? "expired" : title === null ? "gone" : "open",
  };
}

/** Whether a link has run out. */
export function isExpired({ fields: { expiresAt } }: Document<"share">): boolean {
  return Boolean(expiresAt) && Date.parse(expiresAt ?? "") <= Date.now();
}

function ofPicture({ catalog }: Library, owner: string, id: string): { title: string | null; cover: string | null } {
  const item = catalog.find(owner, id);
  if (!item || item.marks.trashedAt !== null) return { title: null, cover: null };
  const title = [...(item.marks.title ?? item.manifest.prompt)].slice(0, longestTitle).join("");
  return { title, cover: id };
}

function ofCollection({ catalog }: Library, { owner, fields }: Document<"share">): { title: string | null; cover: string | null } {
  const id = fields.collection ?? "";
  const collection = catalog.documents.find(owner, "collection", id);
  if (!collection || collection.fields.removedAt) return { title: null, cover: null };
  return { title: collection.fields.title ?? "", cover: catalog.documents.newestMembers(owner, id, 1)[0] ?? null };
}
