/** Links: what they show, to whom, for how long; and that nothing else comes to light by them. */
import { cp, mkdir, readdir, readFile, rename, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { changeCollection, createCollection } from "@/lib/gallery/collections";
import { eraseAccount } from "@/lib/gallery/erase-account";
import { eraseGeneration, makeGeneration, markGeneration } from "@/lib/gallery/gallery";
import { idPattern } from "@/lib/gallery/generation";
import { labelJpeg, labelPng, labelWebp } from "@/lib/gallery/label/containers";
import { withoutWords } from "@/lib/gallery/label/without";
import { withLibrary } from "@/lib/gallery/library";
import { eraseRemovedDocuments } from "@/lib/gallery/old-trash";
import { generationRequestSchema } from "@/lib/gallery/requests";
import { type NewShare, newShareSchema } from "@/lib/gallery/share";
import { findSharedImage, openShared, openSharedPicture } from "@/lib/gallery/shared";
import { createShare, listShares, revokeShare } from "@/lib/gallery/shares";
import { verifyArchive } from "@/lib/gallery/verify";
import { openVolume } from "@/lib/storage/volume";
import { config, generateWith, install, makeTinyImage, restart } from "@/tests/support/installation";

vi.mock("@/lib/config", async () => ({ config: (await import("@/tests/support/installation")).config }));
vi.mock("@/lib/generators", () => import("@/tests/support/installation"));
vi.mock("@/lib/gallery/label/without", async (original) => {
  const { withoutWords: really } = await original<typeof import("@/lib/gallery/label/without")>();
  return { withoutWords: vi.fn(really) };
});

const make = (owner: string, prompt = "A quiet harbour") =>
  makeGeneration(owner, generationRequestSchema.parse({ prompt }), { signal: new AbortController().signal, onProgress: () => {} });
const share = (owner: string, wanted: Partial<NewShare>) => createShare(owner, `${owner}-name`, newShareSchema.parse(wanted));
const tokenOf = ({ path: address }: { path: string }) => address.slice("/s/".length);
const failure = (code: string) => expect.objectContaining({ name: "Failure", code });
const day = 86_400_000;

beforeEach(async () => {
  vi.mocked(withoutWords).mockReset();
  await install();
});

describe("a link to a picture", () => {
  it("shows the picture and nothing of its owner, its id or its words, unless it is made to", async () => {
    const picture = await make("ada", "Secret words");
    await markGeneration("ada", picture.id, { title: "Secret title" });
    const bare = await share("ada", { picture: picture.id });
    const shown = await openShared(tokenOf(bare));
    expect(shown).toMatchObject({ collection: null, by: null, total: 1, next: null, pictures: [{ width: 8, height: 6, words: null }] });
    expect(JSON.stringify(shown)).not.toMatch(new RegExp(`Secret|ada|${picture.id}`));
    const full = await share("ada", { picture: picture.id, withWords: true, withName: true });
    expect(await openShared(tokenOf(full))).toMatchObject({
      by: "ada-name",
      pictures: [{ words: { title: "Secret title", prompt: "Secret words" } }],
    });
  });

  it("has an address of 192 bits, and names of pictures that no other link knows", async () => {
    const [one, other] = [await make("ada"), await make("ada")];
    const shares = [
      await share("ada", { picture: one.id }),
      await share("ada", { picture: one.id }),
      await share("ada", { picture: other.id }),
    ];
    const tokens = shares.map(tokenOf);
    expect(new Set(tokens).size).toBe(3);
    for (const token of tokens) expect(Buffer.from(token, "base64url")).toHaveLength(24);
    const names = await Promise.all(tokens.map(async (token) => (await openShared(token)).pictures[0]?.name ?? ""));
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(Buffer.from(name, "base64url").toString("hex")).not.toContain(one.id.replaceAll("-", "").slice(0, 12));
    const image = await findSharedImage(tokens[0] ?? "", names[0] ?? "", { thumbnail: false });
    expect((await sharp(await image.read()).metadata()).width).toBe(8);
    for (const name of [names[1] ?? "", names[2] ?? "", one.id, "", "x", `${names[0]}=`, "AAAAAAAAAAAAAAAAAAAAAA"])
      await expect(findSharedImage(tokens[0] ?? "", name, { thumbnail: true })).rejects.toEqual(failure("share_unknown"));
  });

  it.each([
    ["revoked", async (id: string) => revokeShare("ada", id), "share_ended"],
    ["expired", async () => void vi.setSystemTime(Date.now() + 8 * day), "share_ended"],
  ])("says when it was %s, and never opens again", async (_what, end, code) => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const picture = await make("ada");
      const made = await share("ada", { picture: picture.id, lifetime: "week" });
      expect((await openShared(tokenOf(made))).total).toBe(1);
      await end(made.id);
      await expect(openShared(tokenOf(made))).rejects.toEqual(failure(code));
      await rm(config().cacheDir, { recursive: true });
      restart();
      await expect(openShared(tokenOf(made))).rejects.toEqual(failure(code));
    } finally {
      vi.useRealTimers();
    }
  });

  it("is as if it had never been for what was guessed", async () => {
    const made = await share("ada", { picture: (await make("ada")).id });
    for (const token of [
      "",
      "x",
      "A".repeat(32),
      tokenOf(made).slice(1),
      `${tokenOf(made)}A`,
      "../../etc/passwd",
      tokenOf(made).toUpperCase(),
    ])
      await expect(openShared(token)).rejects.toEqual(failure("share_unknown"));
  });

  it("is gone while the picture is in the trash, and for good when that is erased", async () => {
    const picture = await make("ada");
    const made = await share("ada", { picture: picture.id });
    const name = (await openShared(tokenOf(made))).pictures[0]?.name ?? "";
    await markGeneration("ada", picture.id, { trashed: true });
    await expect(openShared(tokenOf(made))).rejects.toEqual(failure("share_ended"));
    await expect(findSharedImage(tokenOf(made), name, { thumbnail: true })).rejects.toEqual(failure("share_ended"));
    expect(await listShares("ada")).toMatchObject([{ state: "gone", title: null, coverUrl: null }]);
    await expect(share("ada", { picture: picture.id })).rejects.toEqual(failure("not_found"));
    await markGeneration("ada", picture.id, { trashed: false });
    expect((await openShared(tokenOf(made))).total).toBe(1);
    await markGeneration("ada", picture.id, { trashed: true });
    await eraseGeneration("ada", picture.id);
    await expect(openShared(tokenOf(made))).rejects.toEqual(failure("share_ended"));
  });

  it("is listed and revoked by its owner alone", async () => {
    const picture = await make("ada");
    const made = await share("ada", { picture: picture.id, lifetime: "never", withWords: true });
    expect(await listShares("ada")).toEqual([made]);
    expect(made).toMatchObject({ of: "picture", title: "A quiet harbour", expiresAt: null, state: "open", name: null, withWords: true });
    expect(await listShares("eve")).toEqual([]);
    await expect(revokeShare("eve", made.id)).rejects.toEqual(failure("not_found"));
    await expect(share("eve", { picture: picture.id })).rejects.toEqual(failure("not_found"));
    await revokeShare("ada", made.id);
    expect(await listShares("ada")).toEqual([]);
    await expect(revokeShare("ada", made.id)).rejects.toEqual(failure("not_found"));
  });
});

describe("while storage does not answer", () => {
  /** A new process, perhaps with the catalog that another one had before; returns what lets storage answer again. */
  async function restartSilent(catalog = config().cacheDir) {
    const { cacheDir, dataDir } = config();
    const marker = path.join(dataDir, "keepsake.json");
    await rename(marker, `${marker}-elsewhere`);
    await mkdir(marker);
    restart();
    if (catalog !== cacheDir) {
      await rm(cacheDir, { recursive: true });
      await rename(catalog, cacheDir);
    }
    return async () => {
      await rmdir(marker);
      await rename(`${marker}-elsewhere`, marker);
    };
  }

  it("shows nothing that was known from earlier, since it may have been revoked meanwhile", { timeout: 60_000 }, async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const made = await share("ada", { picture: (await make("ada")).id });
    const token = tokenOf(made);
    const name = (await openShared(token)).pictures[0]?.name ?? "";
    const earlier = `${config().cacheDir}-earlier`;
    await cp(config().cacheDir, earlier, { recursive: true });
    await revokeShare("ada", made.id);
    const answer = await restartSilent(earlier);
    const asked = () => [openShared(token), openSharedPicture(token, name), findSharedImage(token, name, { thumbnail: true })];
    await Promise.all(asked().map((opened) => expect(opened).rejects.toEqual(failure("storage_unavailable"))));
    await answer();
    await vi.waitFor(() => Promise.all(asked().map((opened) => expect(opened).rejects.toEqual(failure("share_ended")))), 20_000);
  });

  it("is revoked here at once, and not called saved before storage has heard of it", { timeout: 60_000 }, async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const [made, other] = [
      await share("ada", { picture: (await make("ada")).id }),
      await share("ada", { picture: (await make("ada")).id }),
    ];
    const answer = await restartSilent();
    expect(await revokeShare("ada", made.id)).toEqual({ saved: false });
    expect(await listShares("ada")).toEqual([other]);
    await answer();
    await vi.waitFor(() => withLibrary(async ({ outbox }) => expect(outbox.size().count).toBe(0)), 20_000);
    expect(await revokeShare("ada", other.id)).toEqual({ saved: true });
    await rm(config().cacheDir, { recursive: true });
    restart();
    for (const ended of [made, other]) await expect(openShared(tokenOf(ended))).rejects.toEqual(failure("share_ended"));
  });
});

describe("a link to a collection", () => {
  it("shows what is in it now, page by page, and no other picture", async () => {
    const sea = await createCollection("ada", "Sea");
    const [one, two, elsewhere] = [await make("ada"), await make("ada"), await make("ada")];
    for (const { id } of [one, two]) await markGeneration("ada", id, { collections: { [sea.id]: true } });
    const made = await share("ada", { collection: sea.id, withName: true });
    const token = tokenOf(made);
    const { pictures, ...shown } = await openShared(token);
    expect(shown).toEqual({ collection: "Sea", by: "ada-name", total: 2, next: null });
    const [newest, oldest] = pictures;
    expect((await openShared(token, { after: newest?.name })).pictures).toEqual([oldest]);
    expect((await openSharedPicture(token, oldest?.name ?? "")).picture).toEqual(oldest);
    const alone = await share("ada", { picture: elsewhere.id });
    const stranger = (await openShared(tokenOf(alone))).pictures[0]?.name ?? "";
    await expect(openSharedPicture(token, stranger)).rejects.toEqual(failure("share_unknown"));
    await markGeneration("ada", two.id, { collections: { [sea.id]: false } });
    await expect(openSharedPicture(token, newest?.name ?? "")).rejects.toEqual(failure("share_ended"));
    expect((await openShared(token)).total).toBe(1);
    expect((await openShared(token, { after: newest?.name })).pictures).toEqual([oldest]);
    await changeCollection("ada", sea.id, { removed: true });
    await expect(openShared(token)).rejects.toEqual(failure("share_ended"));
    await expect(openSharedPicture(token, oldest?.name ?? "")).rejects.toEqual(failure("share_ended"));
    await expect(share("ada", { collection: sea.id })).rejects.toEqual(failure("not_found"));
    await expect(share("eve", { collection: sea.id })).rejects.toEqual(failure("not_found"));
  });
});

describe("what is kept of links", () => {
  it("is known to the check, found after a rebuild, and erased thirty days after it was revoked", async () => {
    const [kept, revoked] = [
      await share("ada", { picture: (await make("ada")).id }),
      await share("ada", { picture: (await make("ada")).id }),
    ];
    await revokeShare("ada", revoked.id);
    const options = { repair: false, onProblem: ({ name }: { name: string }) => expect.fail(name) };
    expect(await verifyArchive(openVolume({ folder: config().dataDir }), options)).toMatchObject({ documents: 2, items: 2 });
    await rm(config().cacheDir, { recursive: true });
    restart();
    expect((await openShared(tokenOf(kept))).total).toBe(1);
    const erase = (days: number) => withLibrary(({ archive, catalog }) => eraseRemovedDocuments(archive, catalog, Date.now() + days * day));
    expect([await erase(29), await erase(31)]).toEqual([0, 1]);
    await expect(openShared(tokenOf(revoked))).rejects.toEqual(failure("share_unknown"));
  });

  it("is erased thirty days after it ran out, too", async () => {
    const { id: picture } = await make("ada");
    const [brief, lasting] = [await share("ada", { picture, lifetime: "day" }), await share("ada", { picture, lifetime: "never" })];
    const erase = (days: number) => withLibrary(({ archive, catalog }) => eraseRemovedDocuments(archive, catalog, Date.now() + days * day));
    expect([await erase(30), await erase(32), await erase(32)]).toEqual([0, 1, 0]);
    expect((await listShares("ada")).map(({ id }) => id)).toEqual([lasting.id]);
    await expect(openShared(tokenOf(brief))).rejects.toEqual(failure("share_unknown"));
  });

  it("goes with the account, counted", async () => {
    const made = await share("ada", { picture: (await make("ada")).id });
    expect(await eraseAccount("ada")).toMatchObject({ links: 1, objectsLeft: 0 });
    await expect(openShared(tokenOf(made))).rejects.toEqual(failure("share_unknown"));
    expect((await readdir(config().dataDir, { recursive: true })).filter((name) => name.includes(made.id))).toEqual([]);
  });

  it("has an id in the order of making, like everything", async () => {
    expect((await share("ada", { picture: (await make("ada")).id })).id).toMatch(idPattern);
  });
});

describe("an image without words", () => {
  const pixels = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();
  const canvas = () => sharp({ create: { width: 31, height: 17, channels: 3, background: { r: 200, g: 90, b: 10 } } });
  const label = { parameters: "Secret words\nSteps: 4", xmp: "<x:xmpmeta>Secret words</x:xmpmeta>" };
  const kinds = [
    ["image/png", () => canvas().png().toBuffer(), labelPng],
    ["image/webp", () => canvas().webp({ lossless: true }).toBuffer(), labelWebp],
    ["image/jpeg", () => canvas().jpeg({ quality: 100 }).toBuffer(), labelJpeg],
  ] as const;

  it.each(kinds)("is the same %s, and holds none of the words that were in it or behind it", async (type, draw, write) => {
    const plain = await draw();
    const worded = Buffer.concat([write(plain, label), Buffer.from("Secret words after the end")]);
    expect(worded.toString("latin1")).toContain("Secret");
    const bare = await withoutWords(worded, type);
    expect(bare.toString("latin1")).not.toMatch(/Secret|xmpmeta|Exif|EXIF|XMP/);
    const [was, is] = [await pixels(plain), await pixels(bare)];
    expect(is.length).toBe(was.length);
    if (type === "image/jpeg") expect(Math.max(...is.map((value, n) => Math.abs(value - (was[n] ?? 0))))).toBeLessThan(4);
    else expect(is.equals(was)).toBe(true);
    const { orientation, exif, xmp } = await sharp(bare).metadata();
    expect([orientation, exif, xmp]).toEqual([undefined, undefined, undefined]);
  });

  it("is what a link gives, also of a picture whose engine wrote into it", async () => {
    generateWith(async (request, options) => {
      const image = await makeTinyImage(request, options);
      return { ...image, bytes: new Uint8Array(labelPng(Buffer.from(image.bytes), label)) };
    });
    const picture = await make("ada", "Secret words");
    const token = tokenOf(await share("ada", { picture: picture.id, withWords: false }));
    const name = (await openShared(token)).pictures[0]?.name ?? "";
    for (const thumbnail of [true, false]) {
      const image = await findSharedImage(token, name, { thumbnail });
      expect(Buffer.from(await image.read()).toString("latin1")).not.toContain("Secret");
      expect(image.etag).not.toContain(picture.id);
    }
    const stored = await readFile(
      path.join(config().dataDir, (await readdir(config().dataDir, { recursive: true })).find((each) => each.endsWith(".png")) ?? ""),
    );
    expect(stored.toString("latin1")).toContain("Secret");
  });

  const writtenAs = (format: "jpeg" | "png" | "webp") =>
    generateWith(async (request, options) => {
      const image = await makeTinyImage(request, options);
      return { ...image, type: `image/${format}`, bytes: new Uint8Array(await sharp(image.bytes).toFormat(format).toBuffer()) };
    });

  /** The image behind a new link to a picture. */
  async function linkTo(picture: { id: string }) {
    const token = tokenOf(await share("ada", { picture: picture.id }));
    return findSharedImage(token, (await openShared(token)).pictures[0]?.name ?? "", { thumbnail: false });
  }

  it.each([
    ["jpeg", 1],
    ["png", 3],
    ["webp", 3],
  ] as const)("written as %s is in hand for %i of three strangers at a time", async (format, most) => {
    writtenAs(format);
    const images = [];
    for (let n = 0; n < 3; n++) images.push(await linkTo(await make("ada")));
    const inHand = { now: 0, most: 0 };
    await withLibrary(async ({ archive }) => {
      const { readImage } = archive;
      vi.spyOn(archive, "readImage").mockImplementation((...of) => {
        inHand.now += 1;
        inHand.most = Math.max(inHand.most, inHand.now);
        return readImage(...of);
      });
    });
    vi.mocked(withoutWords).mockImplementation(async (bytes) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      inHand.now -= 1;
      return Buffer.from(bytes);
    });
    const read = await Promise.all(images.map((image) => image.read()));
    expect(read.map(({ length }) => length > 0)).toEqual([true, true, true]);
    expect(inHand).toEqual({ now: 0, most });
  });

  it("written as jpeg is made once for every link and everybody who asks, and kept until the picture is erased", async () => {
    writtenAs("jpeg");
    const picture = await make("ada");
    const [one, other] = [await linkTo(picture), await linkTo(picture)];
    const [first, ...same] = await Promise.all([one.read(), one.read(), other.read()]);
    const file = path.join(config().cacheDir, "bare-jpegs", `${picture.id}.jpg`);
    await vi.waitFor(async () => expect(new Uint8Array(await readFile(file))).toEqual(first));
    restart();
    for (const again of [...same, await (await linkTo(picture)).read(), await (await linkTo(picture)).read()]) expect(again).toEqual(first);
    expect(withoutWords).toHaveBeenCalledOnce();
    await markGeneration("ada", picture.id, { trashed: true });
    await eraseGeneration("ada", picture.id);
    expect(await readdir(path.dirname(file))).toEqual([]);
  });

  it("written as jpeg is refused while eight others are waited for, and an error is not kept", async () => {
    writtenAs("jpeg");
    const images = [];
    for (let n = 0; n < 9; n++) images.push(await linkTo(await make("ada")));
    const gate = Promise.withResolvers<void>();
    vi.mocked(withoutWords).mockImplementation(async (bytes) => {
      await gate.promise;
      return Buffer.from(bytes);
    });
    vi.mocked(withoutWords).mockImplementationOnce(async () => {
      await gate.promise;
      throw new Error("damaged");
    });
    const [ninth, ...eight] = images.reverse();
    const reading = Promise.allSettled(eight.flatMap((image) => [image.read(), image.read()]));
    // The first has come to its turn, and so the others to the line.
    await vi.waitFor(() => expect(withoutWords).toHaveBeenCalledOnce());
    await expect(ninth?.read()).rejects.toMatchObject({ code: "too_many_requests", retryAfterSeconds: 2 });
    gate.resolve();
    expect((await reading).map(({ status }) => status)).toEqual([...Array(2).fill("rejected"), ...Array(14).fill("fulfilled")]);
    for (const image of images) expect((await image.read()).length).toBeGreaterThan(0);
  });
});
