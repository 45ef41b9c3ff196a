/** A person's pictures, out of one installation and into another. */
import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { exportPictures } from "@/lib/gallery/export";
import * as gallery from "@/lib/gallery/gallery";
import { type ImportLine, importPictures } from "@/lib/gallery/import";
import { imageName } from "@/lib/gallery/layout";
import { generationRequestSchema } from "@/lib/gallery/requests";
import { generateWith, install, makeTinyImage, restart } from "@/tests/support/installation";

vi.mock("@/lib/config", async () => ({ config: (await import("@/tests/support/installation")).config }));
vi.mock("@/lib/generators", () => import("@/tests/support/installation"));

const make = (owner: string, prompt = "A quiet harbour, 静かな港, 🏮") =>
  gallery.makeGeneration(owner, generationRequestSchema.parse({ prompt }), { signal: new AbortController().signal, onProgress: () => {} });

async function exported(owner: string): Promise<Buffer> {
  const { length, content } = await exportPictures(owner);
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  expect(bytes.length).toBe(length);
  return bytes;
}

async function imported(owner: string, bytes: Uint8Array): Promise<ImportLine[]> {
  const lines: ImportLine[] = [];
  const upload = async function* () {
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
  };
  for await (const line of await importPictures(owner, upload())) lines.push(line);
  return lines;
}

const counts = (lines: ImportLine[]) => lines.find(({ type }) => type === "done");
const all = async (owner: string) => [
  ...(await gallery.listGenerations(owner, { limit: 200 })).items,
  ...(await gallery.listGenerations(owner, { limit: 200, trashed: true })).items,
];
const objects = async (folder: string) => (await readdir(folder, { recursive: true })).filter((name) => !name.startsWith("tmp")).sort();

let dataDir = "";
beforeEach(async () => {
  dataDir = (await install()).dataDir;
});

async function aGallery(owner: string) {
  const [plain, marked, trashed] = [await make(owner), await make(owner, "second"), await make(owner, "third")];
  await gallery.markGeneration(owner, marked.id, { favorite: true });
  await gallery.markGeneration(owner, marked.id, { title: "Höhe „7“" });
  await gallery.trashGeneration(owner, trashed.id);
  return { plain, marked, trashed };
}

describe("out and in", () => {
  it("brings every field and every byte to another installation, also after a rebuild there", async () => {
    const { plain } = await aGallery("ada");
    const before = await all("ada");
    const image = await gallery.readImage("ada", plain.id, { thumbnail: false });
    const bytes = await exported("ada");

    const { cacheDir } = await install();
    expect(counts(await imported("ada", bytes))).toEqual({
      type: "done",
      collections: 0,
      counts: { imported: 3, updated: 0, present: 0, refused: 0 },
    });
    expect(await all("ada")).toEqual(before);
    expect(await gallery.readImage("ada", plain.id, { thumbnail: false })).toEqual(image);
    expect((await gallery.readImage("ada", plain.id, { thumbnail: true })).type).toBe("image/webp");
    await rm(cacheDir, { recursive: true });
    restart();
    expect(await all("ada")).toEqual(before);
  });

  it("changes nothing when it is done twice, or at home", async () => {
    await aGallery("ada");
    const bytes = await exported("ada");
    const nothing = { type: "done", collections: 0, counts: { imported: 0, updated: 0, present: 3, refused: 0 } };
    const home = await objects(dataDir);
    expect(counts(await imported("ada", bytes))).toEqual(nothing);
    expect(await objects(dataDir)).toEqual(home);

    dataDir = (await install()).dataDir;
    await imported("ada", bytes);
    const away = await objects(dataDir);
    expect(counts(await imported("ada", bytes))).toEqual(nothing);
    expect(counts(await imported("ada", await exported("ada")))).toEqual(nothing);
    expect(await objects(dataDir)).toEqual(away);
  });

  it("brings newer marks along and never older ones", async () => {
    const { plain } = await aGallery("ada");
    const older = await exported("ada");
    await gallery.markGeneration("ada", plain.id, { title: "later" });
    const newer = await exported("ada");
    await install();
    await imported("ada", older);
    expect(counts(await imported("ada", newer))).toMatchObject({ counts: { updated: 1, present: 2 } });
    expect((await gallery.getGeneration("ada", plain.id)).title).toBe("later");
    await imported("ada", older);
    expect((await gallery.getGeneration("ada", plain.id)).title).toBe("later");
  });

  it("holds one person's pictures only, and gives them to nobody else", async () => {
    const [ada, eve] = [await make("ada", "ada's secret"), await make("eve")];
    const bytes = await exported("ada");
    expect(bytes.includes(ada.id)).toBe(true);
    expect(bytes.includes(eve.id)).toBe(false);
    await install();
    const lines = await imported("eve", bytes);
    expect(lines[0]).toMatchObject({ outcome: "refused", why: "not_yours" });
    expect(counts(lines)).toMatchObject({ counts: { imported: 0, refused: 1 } });
    expect(await all("eve")).toEqual([]);
    expect(await all("ada")).toEqual([]);
  });

  it("does not bring back what was erased", async () => {
    const { trashed } = await aGallery("ada");
    const bytes = await exported("ada");
    await gallery.eraseGeneration("ada", trashed.id);
    const lines = await imported("ada", bytes);
    expect(lines).toContainEqual({ type: "picture", id: trashed.id, outcome: "refused", why: "erased" });
    await expect(gallery.getGeneration("ada", trashed.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("refuses damaged pictures, says why, and takes the others", async () => {
    const { plain } = await aGallery("ada");
    const bytes = await exported("ada");
    const end = bytes.indexOf(Buffer.from(`pictures/${plain.id}.json`)) - 30;
    bytes.writeUInt8(bytes.readUInt8(end - 1) ^ 1, end - 1);
    await install();
    const lines = await imported("ada", bytes);
    expect(lines).toContainEqual({ type: "picture", id: plain.id, outcome: "refused", why: "files_damaged" });
    expect(counts(lines)).toMatchObject({ counts: { imported: 2, refused: 1 } });
  });

  it("exports what is whole even when one image is damaged", async () => {
    const { plain, marked } = await aGallery("ada");
    await rm(path.join(dataDir, imageName(plain.id, "image/png")));
    await writeFile(path.join(dataDir, imageName(marked.id, "image/png")), "other");
    const bytes = await exported("ada");
    await install();
    expect(counts(await imported("ada", bytes))).toMatchObject({ counts: { imported: 1 } });
  });

  it.each([
    ["an empty file", ""],
    ["something else", "not a zip"],
    ["an empty ZIP file", `PK\x05\x06${"\0".repeat(18)}`],
  ])("refuses %s", async (_, text) => {
    await expect(imported("ada", Buffer.from(text, "latin1"))).rejects.toMatchObject({ code: "import_unreadable" });
    await expect(imported("ada", Buffer.from(text, "latin1"))).rejects.toMatchObject({ code: "import_unreadable" });
  });

  it("exports an empty gallery, too", async () => {
    expect((await exported("nobody")).includes("metadata.jsonl")).toBe(true);
  });

  it("takes one file of a person at a time, and leaves nothing of it on the disk", async () => {
    await aGallery("ada");
    const bytes = await exported("ada");
    const { cacheDir } = await install();
    const upload = async function* () {
      yield bytes;
    };
    const first = await importPictures("ada", upload());
    await expect(importPictures("ada", upload())).rejects.toMatchObject({ code: "import_running" });
    for await (const _ of first);
    expect(await readdir(path.join(cacheDir, "imports"))).toEqual([]);
    expect(counts(await imported("ada", bytes))).toMatchObject({ counts: { present: 3 } });
  });

  it("needs no more memory for many images than for one", async () => {
    const pixels = await sharp({
      create: { width: 1400, height: 1400, channels: 3, background: "grey", noise: { type: "gaussian", mean: 128, sigma: 60 } },
    })
      .png()
      .toBuffer();
    generateWith(async (request, options) => ({ ...(await makeTinyImage(request, options)), bytes: new Uint8Array(pixels) }));
    for (let n = 0; n < 30; n += 1) await make("ada");
    const before = process.memoryUsage().arrayBuffers;
    const { length, content } = await exportPictures("ada");
    expect(length).toBeGreaterThan(30 * pixels.length);
    let most = 0;
    for await (const _ of content) most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    expect(most).toBeLessThan(length / 2);
  }, 60_000);
});
