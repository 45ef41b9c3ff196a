/**
 * tests/fixtures/archive-v1 was written by the first version of Keepsake and is never written again: two people with pictures and
 * marks, one picture that was erased, one account that was erased, a snapshot of it all and a session that was ended. Every later version reads it, field by field, byte by byte.
 */
import { cp, readdir, readFile } from "node:fs/promises";
import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { openArchive } from "@/lib/gallery/archive";
import { openCatalog } from "@/lib/gallery/catalog";
import * as gallery from "@/lib/gallery/gallery";
import type { Generation } from "@/lib/gallery/generation";
import { sha256 } from "@/lib/gallery/sealed-json";
import { verifyArchive } from "@/lib/gallery/verify";
import { openVolume } from "@/lib/storage/volume";
import { install } from "@/tests/support/installation";
import { temporaryFolder } from "@/tests/support/temporary-folder";

vi.mock("@/lib/config", async () => ({ config: (await import("@/tests/support/installation")).config }));
vi.mock("@/lib/generators", () => import("@/tests/support/installation"));

const fixture = "tests/fixtures/archive-v1";
const people = { ada: "64f0c0ffee0000000000ada1", grace: "64f0c0ffee0000000000ace2", erased: "64f0c0ffee0000000000dead" };
const expected = JSON.parse(await readFile(`${fixture}.expected.json`, "utf8")) as Record<keyof typeof people, Generation[]>;

beforeEach(async () => {
  const { dataDir } = await install();
  await cp(fixture, dataDir, { recursive: true });
});

it.each(Object.entries(people) as [keyof typeof people, string][])("reads what %s has, as it was", async (name, owner) => {
  const [present, trashed] = [await gallery.listGenerations(owner), await gallery.listGenerations(owner, { trashed: true })];
  // A later version may know more about a picture, but nothing else.
  expect([...present.items, ...trashed.items]).toMatchObject(expected[name]);
  for (const item of expected[name]) {
    const { bytes, etag } = await gallery.readImage(owner, item.id, { thumbnail: false });
    expect(bytes.length).toBe(item.bytes);
    expect(etag).toBe(sha256(bytes));
  }
});

it("is whole", async () => {
  const totals = await verifyArchive(openVolume({ folder: fixture }), {
    repair: false,
    onProblem: ({ name, why }) => expect.fail(`${name} ${why}`),
  });
  expect(totals).toMatchObject({ people: 2, items: 4, erased: 1 });
});

it("reads its snapshot and an ended session, without anything else", async () => {
  const folder = await temporaryFolder();
  for (const part of ["keepsake.json", "s", "r"]) await cp(`${fixture}/${part}`, `${folder}/${part}`, { recursive: true });
  const archive = await openArchive(openVolume({ folder }), null);
  const catalog = openCatalog(await temporaryFolder());
  onTestFinished(() => catalog.close());
  expect(await archive.snapshots.load(catalog)).toBe(1_795_263_600_000);
  for (const [name, owner] of Object.entries(people) as [keyof typeof people, string][]) {
    const rows = [false, true].flatMap((trashed) => catalog.page(owner, { trashed }, { limit: 50, after: null }).items);
    const told = rows.map(({ manifest: { id, prompt, seed, parameters }, marks: { favorite, title, trashedAt } }) => ({
      ...{ id, prompt, seed, parameters, favorite, title, trashedAt },
    }));
    expect(told).toEqual(expected[name].map(pickOf));
  }
  expect(catalog.count()).toEqual({ items: 4, quarantined: 0 });
  expect([...catalog.all()].filter((entry) => "erased" in entry || "erasedAccount" in entry)).toHaveLength(2);
  expect(await archive.revocations.has("ab".repeat(32))).toBe(true);
});

const pickOf = ({ id, prompt, seed, parameters, favorite, title, trashedAt }: Generation) => ({
  ...{ id, prompt, seed, parameters, favorite, title, trashedAt },
});

it("goes on being an archive: what is there can be marked and erased", async () => {
  const [first] = expected.grace;
  const id = first?.id ?? expect.fail("the fixture holds a picture of grace");
  expect((await gallery.markGeneration(people.grace, id, { title: "later" })).title).toBe("later");
  await gallery.trashGeneration(people.grace, id);
  await gallery.eraseGeneration(people.grace, id);
  expect((await gallery.listGenerations(people.grace)).items).toEqual([]);
  expect((await readdir(fixture)).sort()).toEqual(["keepsake.json", "o", "r", "s", "t"]);
});
