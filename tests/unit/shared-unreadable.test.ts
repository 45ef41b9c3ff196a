/** Links while something in storage cannot be read: what it is about is shown to nobody, and nothing else is closed for it. */
import "@/tests/support/in-installation";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Archive, openArchive } from "@/lib/gallery/archive";
import { createCollection } from "@/lib/gallery/collections";
import { makeGeneration, markGeneration } from "@/lib/gallery/gallery";
import { type Library, withLibrary } from "@/lib/gallery/library";
import { generationRequestSchema } from "@/lib/gallery/requests";
import { type NewShare, newShareSchema } from "@/lib/gallery/share";
import { findSharedImage, openShared, openSharedPicture } from "@/lib/gallery/shared";
import { createShare } from "@/lib/gallery/shares";
import { type ObjectStore, StorageFailure } from "@/lib/storage/object-store";
import { install, storage } from "@/tests/support/installation";
import { manifestOf, someImage, someThumbnail } from "@/tests/support/items";

const make = () =>
  makeGeneration("ada", generationRequestSchema.parse({ prompt: "A quiet harbour" }), {
    signal: new AbortController().signal,
    onProgress: () => {},
  });
const share = async (wanted: Partial<NewShare>) => {
  const { id, path } = await createShare("ada", "ada-name", newShareSchema.parse({ lifetime: "never", ...wanted }));
  return { id, token: path.slice("/s/".length) };
};
const failure = (code: string) => expect.objectContaining({ name: "Failure", code });
// One that is under way may have begun before what it is asked for.
const catchUp = () => withLibrary(({ replica }) => replica.catchUp().then(replica.catchUp));
const pastPatience = () => vi.setSystemTime(Date.now() + 11 * 60_000);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.spyOn(console, "warn").mockImplementation(() => {});
  await install();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What another replica does that cannot be read here afterwards; returns what lets it be read. */
async function elsewhere(work: (archive: Archive, known: Library["catalog"]) => Promise<unknown>): Promise<() => Promise<void>> {
  await vi.waitFor(() => withLibrary(async ({ outbox }) => expect(outbox.size().count).toBe(0)), 5000);
  const store = storage.store as ObjectStore;
  const { read } = store;
  const written = new Set<string>();
  const archive = await openArchive(
    { ...store, publish: (name, bytes) => store.publish(name, bytes).then(() => void written.add(name)) },
    null,
  );
  await withLibrary(({ catalog }) => work(archive, catalog));
  const unreadable = vi.spyOn(store, "read").mockImplementation(async (name) => {
    if (written.has(name)) throw new StorageFailure("EIO", { cause: null });
    return read(name);
  });
  await catchUp();
  return async () => {
    unreadable.mockRestore();
    await catchUp();
  };
}

describe("somebody else's picture that cannot be read", () => {
  it("closes no link that is known, and one that is not may be among what cannot be read", async () => {
    const { token } = await share({ picture: (await make()).id });
    const name = (await openShared(token)).pictures[0]?.name ?? "";
    const readAgain = await elsewhere((archive) => archive.keep(manifestOf("eve"), someImage, someThumbnail, new AbortController().signal));
    expect((await openShared(token)).total).toBe(1);
    expect((await (await findSharedImage(token, name, { thumbnail: false })).read()).length).toBeGreaterThan(0);
    await expect(openShared("A".repeat(32))).rejects.toEqual(failure("storage_unavailable"));
    await readAgain();
    await expect(openShared("A".repeat(32))).rejects.toEqual(failure("share_unknown"));
  });
});

describe("what may have been ended on another replica", () => {
  const removedAt = new Date().toISOString();
  const trash = (id: string) => (archive: Archive, catalog: Library["catalog"]) => {
    const item = catalog.find("ada", id);
    if (!item) throw new Error("the picture is not known here");
    return archive.mark(item, { trashedAt: removedAt });
  };
  const remove = (kind: "share" | "collection", id: string) => (archive: Archive, catalog: Library["catalog"]) => {
    const document = catalog.documents.find("ada", kind, id);
    if (!document) throw new Error("the document is not known here");
    return archive.edit(document, { removedAt });
  };

  async function sharedCollection() {
    const sea = await createCollection("ada", "Sea");
    const pictures = [await make(), await make()];
    for (const { id } of pictures) await markGeneration("ada", id, { collections: { [sea.id]: true } });
    const made = await share({ collection: sea.id });
    const [newest, oldest] = (await openShared(made.token)).pictures.map(({ name }) => name);
    return { sea, made, newestId: pictures[1]?.id ?? "", names: { newest: newest ?? "", oldest: oldest ?? "" } };
  }

  it.each([
    ["link", ({ made }: Awaited<ReturnType<typeof sharedCollection>>) => remove("share", made.id)],
    ["collection", ({ sea }: Awaited<ReturnType<typeof sharedCollection>>) => remove("collection", sea.id)],
  ])("leads nowhere, however long that cannot be read, when it is the %s", async (_what, end) => {
    const shared = await sharedCollection();
    const { token } = shared.made;
    const asked = () => [
      openShared(token),
      openSharedPicture(token, shared.names.oldest),
      findSharedImage(token, shared.names.newest, { thumbnail: true }),
    ];
    const readAgain = await elsewhere(end(shared));
    const all = (code: string) => Promise.all(asked().map((opened) => expect(opened).rejects.toEqual(failure(code))));
    await all("storage_unavailable");
    pastPatience();
    await catchUp();
    await all("storage_unavailable");
    await readAgain();
    await all("share_ended");
  });

  it("leads nowhere when it is the picture", async () => {
    const picture = await make();
    await make();
    const { token } = await share({ picture: picture.id });
    const name = (await openShared(token)).pictures[0]?.name ?? "";
    const readAgain = await elsewhere(trash(picture.id));
    pastPatience();
    await catchUp();
    await expect(openShared(token)).rejects.toEqual(failure("storage_unavailable"));
    await expect(findSharedImage(token, name, { thumbnail: true })).rejects.toEqual(failure("storage_unavailable"));
    await readAgain();
    await expect(openShared(token)).rejects.toEqual(failure("share_ended"));
  });

  it("is left out of its collection, and the others are shown", async () => {
    const { made, newestId, names } = await sharedCollection();
    const { token } = made;
    await elsewhere(trash(newestId));
    for (const wait of [() => {}, pastPatience]) {
      wait();
      await catchUp();
      expect((await openShared(token)).pictures.map(({ name }) => name)).toEqual([names.oldest]);
      await expect(openSharedPicture(token, names.newest)).rejects.toEqual(failure("storage_unavailable"));
      expect((await openSharedPicture(token, names.oldest)).picture.name).toBe(names.oldest);
    }
  });
});
