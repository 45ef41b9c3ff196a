import { describe, expect, it } from "vitest";
import { type Marks, marking, unmarking } from "@/components/gallery/marks";
import { shelfOf, shelfQuery } from "@/components/gallery/shelf";
import { changeShelves, type Known, nothingKnown, type ShelfChange } from "@/components/gallery/shelves";
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
const now = Date.parse("2026-11-21T12:00:00.000Z");
const changed = (known: Known, ...changes: ShelfChange[]) =>
  changes.reduce((before, change) => changeShelves(before, { change, at: now }), known);
const mark = (id: string, marks: Marks): ShelfChange => marking([item(id)], marks);
const resulting = (...changes: ShelfChange[]) => changed(nothingKnown, ...changes);
const idsOn = ({ shelves }: Known, name: string) => shelves[name]?.items.map(({ id }) => id).join("");
/** When a page was rendered: long after the pictures on it were made, unless a test says otherwise. */
const later = Date.parse("2026-11-21T11:00:00.000Z");
const opened = (shelf: "gallery" | "trash", ids: string, asOf = 1): ShelfChange => ({
  type: "opened",
  shelf,
  page: page(ids),
  asOf: later + asOf,
});
const found = shelfOf("q=a");
const trashedAt = "2026-11-21T10:00:00.000Z";

describe("the shelves", () => {
  it("open with a page of the server, and with a newer one again, but never with an older one", () => {
    const known = resulting(opened("gallery", "cba", 5), opened("gallery", "ba", 4));
    expect(idsOn(known, "gallery")).toBe("cba");
    expect(idsOn(changed(known, opened("gallery", "b", 6)), "gallery")).toBe("b");
  });

  it("put a new picture first, and count it once", () => {
    const known = resulting(opened("gallery", "ba"), { type: "placed", items: [item("c")] }, { type: "placed", items: [item("c")] });
    expect(idsOn(known, "gallery")).toBe("cba");
    expect(known.shelves.gallery?.total).toBe(3);
  });

  it("keep the order when an older page comes twice, or after something was placed", () => {
    const more: ShelfChange = { type: "continued", shelf: "gallery", page: page("ba", 4, "next"), askedAt: now + 1 };
    const known = resulting(opened("gallery", "dc"), more, more, { type: "placed", items: [item("e")] });
    expect(idsOn(known, "gallery")).toBe("edcba");
    expect(known.shelves.gallery).toMatchObject({ total: 5, nextCursor: "next" });
    expect(resulting(more).shelves).toEqual({});
  });

  it("move a picture between gallery and trash, and forget what is erased", () => {
    let known = resulting(opened("gallery", "cba"), opened("trash", "x"), mark("b", { trashedAt }));
    expect([idsOn(known, "gallery"), idsOn(known, "trash")]).toEqual(["ca", "xb"]);
    expect([known.shelves.gallery?.total, known.shelves.trash?.total]).toEqual([2, 2]);
    known = changed(known, mark("b", { trashedAt: null }));
    expect([idsOn(known, "gallery"), idsOn(known, "trash")]).toEqual(["cba", "x"]);
    known = changed(known, { type: "erased", ids: ["x"] });
    expect(known.shelves.trash).toMatchObject({ items: [], total: 0 });
  });

  it("keep what was saved while the first page was on its way", () => {
    for (const [listed, all] of [
      ["ba", "cba"],
      ["", "c"],
    ] as const) {
      const known = resulting({ type: "placed", items: [item("c")] }, opened("gallery", listed));
      expect(idsOn(known, "gallery")).toBe(all);
      expect(known.shelves.gallery?.total).toBe(all.length);
    }
  });

  it("keep what was changed while a page that shows it as it was is on its way", () => {
    const known = resulting(opened("gallery", "cba"), mark("b", { trashedAt }));
    const toTrash = changed(known, opened("gallery", "cba", 2), opened("trash", "", 2));
    expect([idsOn(toTrash, "gallery"), toTrash.shelves.gallery?.total]).toEqual(["ca", 2]);
    expect([idsOn(toTrash, "trash"), toTrash.shelves.trash?.total]).toEqual(["b", 1]);
    const undone = changed(toTrash, mark("b", { trashedAt: null }), opened("gallery", "ca", 3), opened("trash", "b", 3));
    expect([idsOn(undone, "gallery"), undone.shelves.gallery?.total]).toEqual(["cba", 3]);
    expect([idsOn(undone, "trash"), undone.shelves.trash?.total]).toEqual(["", 0]);
    const erased = changed(toTrash, { type: "erased", ids: ["b"] }, opened("trash", "b", 3));
    expect([idsOn(erased, "trash"), erased.shelves.trash?.total]).toEqual(["", 0]);
    const further = changed(
      resulting({ type: "opened", shelf: "gallery", page: page("dc", 4, "next"), asOf: later }, mark("b", { trashedAt })),
      { type: "continued", shelf: "gallery", page: page("ba", 4), askedAt: now + 1 },
    );
    expect([idsOn(further, "gallery"), further.shelves.gallery?.total]).toEqual(["dca", 3]);
  });

  it("believe a page that came long after a change, and one that says that something is saved", () => {
    const known = resulting(
      opened("gallery", "ca"),
      { type: "placed", items: [item("b", { saved: false })] },
      mark("b", { favorite: true }),
    );
    const soon = changed(known, opened("gallery", "cba", 2));
    expect(soon.shelves.gallery?.items[1]).toMatchObject({ saved: true, favorite: true });
    const muchLater = { change: opened("gallery", "cba", 3), at: now + 3_600_000 };
    expect(changeShelves(soon, muchLater).shelves.gallery?.items[1]?.favorite).toBe(false);
  });

  it("take back what was refused, and nothing else", () => {
    const start = resulting(opened("gallery", "cba"), opened("trash", ""), mark("b", { favorite: true }));
    const trashed = changed(start, marking([item("b", { favorite: true })], { trashedAt }), unmarking([item("b")], { favorite: true }));
    expect([idsOn(trashed, "gallery"), idsOn(trashed, "trash")]).toEqual(["ca", "b"]);
    expect(trashed.shelves.trash?.items[0]?.favorite).toBe(false);
    const named = changed(
      resulting(opened("gallery", "cba"), mark("b", { title: "B" })),
      marking([item("b")], { collections: { C: true } }),
    );
    expect(changed(named, unmarking([item("b")], { collections: { C: true } })).shelves.gallery?.items[1]).toMatchObject({
      title: "B",
      collections: [],
    });
  });

  it("count a change that was made while a further page was on its way, and what is on that page", () => {
    const start = resulting({ type: "opened", shelf: "gallery", page: page("fedc", 6, "next"), asOf: later }, mark("e", { trashedAt }));
    const more = (askedAt: number, total: number): ShelfChange => ({
      type: "continued",
      shelf: "gallery",
      page: page("ba", total),
      askedAt,
    });
    for (const known of [changed(start, more(now - 1, 6)), changed(start, more(now - 1, 5)), changed(start, more(now + 1, 5))]) {
      expect([idsOn(known, "gallery"), known.shelves.gallery?.total]).toEqual(["fdcba", 5]);
    }
  });

  it("keep what was loaded behind a page that comes again while storage is being read", () => {
    const start = resulting(
      { type: "opened", shelf: "gallery", page: page("fe", 4, "next"), asOf: later },
      { type: "continued", shelf: "gallery", page: page("dc", 4, "after c"), askedAt: now + 1 },
    );
    const again = { ...page("gfe", 9, "after e"), catchingUp: true as const };
    const known = changed(start, { type: "opened", shelf: "gallery", page: again, asOf: later + 1 });
    expect(idsOn(known, "gallery")).toBe("gfedc");
    expect(known.shelves.gallery).toMatchObject({ total: 9, nextCursor: "after c" });
  });

  it("count what is further down than what is loaded, and do not show it in a place that is not its own", () => {
    const start = resulting({ type: "opened", shelf: "gallery", page: page("dc", 9, "next"), asOf: later }, opened("trash", "x"));
    const shown = ({ shelves }: Known) => [idsOn({ shelves, lately: [] }, "gallery"), shelves.gallery?.total];
    expect(shown(changed(start, mark("a", { favorite: true })))).toEqual(["dc", 9]);
    const withFound = changed(start, { type: "opened", shelf: found, page: page("a"), asOf: later });
    const trashed = changed(withFound, mark("a", { trashedAt }));
    expect(shown(trashed)).toEqual(["dc", 8]);
    expect(shown(changed(trashed, mark("a", { trashedAt: null })))).toEqual(["dc", 9]);
    // The page of the server counts it already, or not yet: it is not counted twice.
    expect(shown(changed(trashed, { type: "opened", shelf: "gallery", page: page("dc", 8, "next"), asOf: later + 1 }))).toEqual(["dc", 8]);
  });
});

describe("a shelf of what was found", () => {
  const start: ShelfChange[] = [opened("gallery", "dcba"), { type: "opened", shelf: found, page: page("bd"), asOf: 1 }];

  it("keeps the order of the answers", () => {
    const known = resulting(...start, { type: "continued", shelf: found, page: page("da"), askedAt: now + 1 });
    expect(idsOn(known, found)).toBe("bda");
  });

  it("shows new marks, loses what goes to the trash, and gains nothing that was not found", () => {
    let known = resulting(...start, mark("b", { favorite: true }), { type: "placed", items: [item("e")] });
    expect(known.shelves[found]?.items[0]?.favorite).toBe(true);
    expect([idsOn(known, found), known.shelves[found]?.total, idsOn(known, "gallery")]).toEqual(["bd", 2, "edcba"]);
    known = changed(known, mark("d", { trashedAt }));
    expect([idsOn(known, found), known.shelves[found]?.total]).toEqual(["b", 1]);
  });

  it("gets back what was moved to the trash from it, in its own order", () => {
    const oldest = shelfOf("sort=oldest");
    const known = resulting(
      ...start,
      { type: "opened", shelf: oldest, page: page("abcd"), asOf: 1 },
      mark("c", { trashedAt }),
      mark("c", { trashedAt: null }),
    );
    expect([idsOn(known, oldest), known.shelves[oldest]?.total, idsOn(known, found)]).toEqual(["abcd", 4, "bd"]);
  });

  it("gets back what was undone while a page without it was on its way", () => {
    const trashed = mark("d", { trashedAt });
    const known = resulting(...start, trashed, mark("d", { trashedAt: null }));
    const read = (ids: string): ShelfChange => ({ type: "opened", shelf: found, page: page(ids), asOf: 2 });
    expect(idsOn(changed(known, read("b")), found)).toBe("db");
    expect(idsOn(changed(resulting(...start, trashed), read("bd")), found)).toBe("b");
  });

  it("does not get back what no longer matches, nor in a place that is not its own", () => {
    const favourites = shelfOf("favorite=true");
    const read = (ids: string, total: number, nextCursor: string | null, asOf: number): ShelfChange => ({
      ...{ type: "opened", shelf: favourites, page: page(ids, total, nextCursor), asOf },
    });
    const left = resulting(read("cb", 2, null, 1), mark("b", { favorite: false }), read("c", 1, null, 2));
    expect([idsOn(left, favourites), left.shelves[favourites]?.total]).toEqual(["c", 1]);
    const away = resulting(read("zyxwn", 15, "next", 1), mark("n", { trashedAt }), read("zyxw", 14, "next", 2));
    const back = changed(away, mark("n", { trashedAt: null }));
    expect([idsOn(back, favourites), back.shelves[favourites]?.total]).toEqual(["zyxw", 15]);
  });

  it("makes room for later ones, while gallery and trash stay", () => {
    const searches = Array.from(
      { length: 20 },
      (_, n): ShelfChange => ({ type: "opened", shelf: shelfOf(`q=${n}`), page: page("a"), asOf: 1 }),
    );
    const names = Object.keys(resulting(opened("gallery", "a"), opened("trash", "b"), ...searches).shelves);
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
  const put = (...ids: string[]) =>
    marking(
      ids.map((id) => inC(id, false)),
      { collections: { C: true } },
    );

  it("loses what is taken out of the collection, and has it again when that is undone", () => {
    const without = resulting(shelf("fed"), marking([inC("e")], { collections: { C: false } }));
    expect([idsOn(without, name), without.shelves[name]?.total]).toEqual(["fd", 2]);
    const again = changed(without, put("e"));
    expect([idsOn(again, name), again.shelves[name]?.total]).toEqual(["fed", 3]);
  });

  it("gets what is put into it, in its order, unless that is further down than what is loaded", () => {
    expect(idsOn(resulting(shelf("fd"), put("e", "a")), name)).toBe("feda");
    expect(idsOn(resulting(shelf("fd", "more"), put("e", "a")), name)).toBe("fed");
    expect(idsOn(resulting(shelf("")), name)).toBe("");
    const oldest = `${name}&sort=oldest` as const;
    expect(idsOn(resulting(shelf("df", "more", oldest), put("e", "g")), oldest)).toBe("def");
  });

  it("gets nothing by itself while one looks for something in it, or that is in another", () => {
    const sought = `${name}&q=sea` as const;
    expect(idsOn(resulting(shelf("f", null, sought), put("e")), sought)).toBe("f");
    expect(idsOn(resulting(shelf("f"), marking([item("e")], { collections: { D: true } })), name)).toBe("f");
    expect(idsOn(resulting(shelf("f"), marking([inC("f")], { trashedAt })), name)).toBe("");
  });
});
