import { describe, expect, it } from "vitest";
import { changeShelves, type ShelfChange, type Shelves, shelfOf, shelfQuery } from "@/components/gallery/shelves";
import type { Generation } from "@/lib/gallery/generation";

const item = (id: string, changes: Partial<Generation> = {}): Generation => ({
  id,
  prompt: id,
  title: null,
  generator: "embedded",
  engine: "Built-in engine",
  model: null,
  width: 1,
  height: 1,
  seed: 0,
  parameters: {},
  type: "image/png",
  bytes: 1,
  createdAt: "2026-11-21T10:00:00.000Z",
  favorite: false,
  trashedAt: null,
  collections: [],
  saved: true,
  imageUrl: "",
  thumbnailUrl: "",
  placeholder: "",
  ...changes,
});
const page = (ids: string, total = ids.length, nextCursor: string | null = null) => ({
  items: [...ids].map((id) => item(id)),
  total,
  nextCursor,
});
const resulting = (...changes: ShelfChange[]) => changes.reduce<Shelves>(changeShelves, {});
const idsOn = (shelves: Shelves, name: string) => shelves[name]?.items.map(({ id }) => id).join("");
/** When a page was rendered: long after the pictures on it were made, unless a test says otherwise. */
const later = Date.parse("2026-11-21T11:00:00.000Z");
const opened = (shelf: "gallery" | "trash", ids: string, asOf = 1): ShelfChange => ({
  type: "opened",
  shelf,
  page: page(ids),
  asOf: later + asOf,
});
const found = shelfOf("q=a");

describe("the shelves", () => {
  it("open with a page of the server, and with a newer one again, but never with an older one", () => {
    const shelves = resulting(opened("gallery", "cba", 5), opened("gallery", "ba", 4));
    expect(idsOn(shelves, "gallery")).toBe("cba");
    expect(idsOn(changeShelves(shelves, opened("gallery", "b", 6)), "gallery")).toBe("b");
  });

  it("put a new picture first, and count it once", () => {
    const shelves = resulting(opened("gallery", "ba"), { type: "placed", item: item("c") }, { type: "placed", item: item("c") });
    expect(idsOn(shelves, "gallery")).toBe("cba");
    expect(shelves.gallery?.total).toBe(3);
  });

  it("keep the order when an older page comes twice, or after something was placed", () => {
    const more: ShelfChange = { type: "continued", shelf: "gallery", page: page("ba", 4, "next") };
    const shelves = resulting(opened("gallery", "dc"), more, more, { type: "placed", item: item("e") });
    expect(idsOn(shelves, "gallery")).toBe("edcba");
    expect(shelves.gallery).toMatchObject({ total: 5, nextCursor: "next" });
    expect(resulting(more)).toEqual({});
  });

  it("move a picture between gallery and trash, and forget what is erased", () => {
    const trashed = item("b", { trashedAt: "2026-11-21T10:00:00.000Z" });
    let shelves = resulting(opened("gallery", "cba"), opened("trash", "x"), { type: "placed", item: trashed });
    expect([idsOn(shelves, "gallery"), idsOn(shelves, "trash")]).toEqual(["ca", "xb"]);
    expect([shelves.gallery?.total, shelves.trash?.total]).toEqual([2, 2]);
    shelves = changeShelves(shelves, { type: "placed", item: item("b") });
    expect([idsOn(shelves, "gallery"), idsOn(shelves, "trash")]).toEqual(["cba", "x"]);
    shelves = changeShelves(shelves, { type: "erased", id: "x" });
    expect(shelves.trash).toMatchObject({ items: [], total: 0 });
  });

  it("keep what was saved while the first page was on its way", () => {
    const justNow = item("c", { createdAt: new Date(later).toISOString() });
    for (const [known, all] of [
      ["ba", "cba"],
      ["", "c"],
    ] as const) {
      const shelves = resulting({ type: "placed", item: justNow }, opened("gallery", known));
      expect(idsOn(shelves, "gallery")).toBe(all);
      expect(shelves.gallery?.total).toBe(all.length);
    }
  });
});

describe("a shelf of what was found", () => {
  const start: ShelfChange[] = [opened("gallery", "dcba"), { type: "opened", shelf: found, page: page("bd"), asOf: 1 }];

  it("keeps the order of the answers", () => {
    const shelves = resulting(...start, { type: "continued", shelf: found, page: page("da") });
    expect(idsOn(shelves, found)).toBe("bda");
  });

  it("shows new marks, loses what goes to the trash, and gains nothing that was not found", () => {
    let shelves = resulting(...start, { type: "placed", item: item("b", { favorite: true }) }, { type: "placed", item: item("e") });
    expect(shelves[found]?.items[0]?.favorite).toBe(true);
    expect([idsOn(shelves, found), shelves[found]?.total, idsOn(shelves, "gallery")]).toEqual(["bd", 2, "edcba"]);
    shelves = changeShelves(shelves, { type: "placed", item: item("d", { trashedAt: "2026-11-21T10:00:00.000Z" }) });
    expect([idsOn(shelves, found), shelves[found]?.total]).toEqual(["b", 1]);
  });

  it("gets back what was moved to the trash from it, in its own order", () => {
    const oldest = shelfOf("sort=oldest");
    const trashed = item("c", { trashedAt: "2026-11-21T10:00:00.000Z" });
    const shelves = resulting(
      ...start,
      { type: "opened", shelf: oldest, page: page("abcd"), asOf: 1 },
      { type: "placed", item: trashed },
      { type: "placed", item: item("c") },
    );
    expect([idsOn(shelves, oldest), shelves[oldest]?.total, idsOn(shelves, found)]).toEqual(["abcd", 4, "bd"]);
  });

  it("makes room for later ones, while gallery and trash stay", () => {
    const searches = Array.from(
      { length: 20 },
      (_, n): ShelfChange => ({ type: "opened", shelf: shelfOf(`q=${n}`), page: page("a"), asOf: 1 }),
    );
    const names = Object.keys(resulting(opened("gallery", "a"), opened("trash", "b"), ...searches));
    expect(names.slice(0, 2)).toEqual(["gallery", "trash"]);
    expect(names.slice(2)).toEqual([14, 15, 16, 17, 18, 19].map((n) => `found?q=${n}`));
  });

  it("is asked for by its own query", () => {
    expect(shelfOf("")).toBe("gallery");
    expect(shelfQuery(shelfOf("q=a+b&sort=oldest")).toString()).toBe("q=a+b&sort=oldest");
    expect([shelfQuery("gallery").toString(), shelfQuery("trash").toString()]).toEqual(["trashed=false", "trashed=true"]);
  });
});

describe("the shelf of a collection", () => {
  const name = "found?collection=C" as const;
  const inC = (id: string, is = true) => item(id, { collections: is ? ["C"] : [] });
  const shelf = (ids: string, nextCursor: string | null = null, of: typeof name | `${typeof name}&${string}` = name): ShelfChange => ({
    type: "opened",
    shelf: of,
    page: { items: [...ids].map((id) => inC(id)), total: ids.length + (nextCursor ? 5 : 0), nextCursor },
    asOf: 1,
  });
  const placed = (...items: Generation[]): ShelfChange => ({ type: "placed all", items });

  it("loses what is taken out of the collection, and has it again when that is undone", () => {
    const without = resulting(shelf("fed"), placed(inC("e", false)));
    expect([idsOn(without, name), without[name]?.total]).toEqual(["fd", 2]);
    const again = changeShelves(without, placed(inC("e")));
    expect([idsOn(again, name), again[name]?.total]).toEqual(["fed", 3]);
  });

  it("gets what is put into it, in its order, unless that is further down than what is loaded", () => {
    expect(idsOn(resulting(shelf("fd"), placed(inC("e"), inC("a"))), name)).toBe("feda");
    expect(idsOn(resulting(shelf("fd", "more"), placed(inC("e"), inC("a"))), name)).toBe("fed");
    expect(idsOn(resulting(shelf("")), name)).toBe("");
    const oldest = `${name}&sort=oldest` as const;
    expect(idsOn(resulting(shelf("df", "more", oldest), placed(inC("e"), inC("g"))), oldest)).toBe("def");
  });

  it("gets nothing by itself while one looks for something in it, or that is in another", () => {
    const sought = `${name}&q=sea` as const;
    expect(idsOn(resulting(shelf("f", null, sought), placed(inC("e"))), sought)).toBe("f");
    expect(idsOn(resulting(shelf("f"), placed(item("e", { collections: ["D"] }), inC("d", false))), name)).toBe("f");
    expect(idsOn(resulting(shelf("f"), placed(item("f", { collections: ["C"], trashedAt: "2026-11-21T10:00:00.000Z" }))), name)).toBe("");
  });
});
