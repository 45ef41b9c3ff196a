import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openCatalog } from "@/lib/gallery/catalog";
import type { Wanted } from "@/lib/gallery/catalog/search";
import { matchOf, wordsOf } from "@/lib/gallery/catalog/words";
import type { Position } from "@/lib/gallery/cursor";
import { newId } from "@/lib/gallery/id";
import { findingSchema, listQuerySchema } from "@/lib/gallery/list-query";
import { itemOf, manifestOf } from "@/tests/support/items";
import { temporaryFolder } from "@/tests/support/temporary-folder";

const everything = { limit: 200, after: null };

async function catalogOf(...prompts: string[]) {
  const catalog = openCatalog(await temporaryFolder());
  const items = prompts.map((prompt) => itemOf(manifestOf("alice", { prompt })));
  catalog.put(items);
  const find = (words: string, owner = "alice") => {
    const { items: found, total } = catalog.search(owner, { words }, everything);
    expect(total).toBe(found.length);
    return found.map(({ manifest }) => manifest.prompt).toReversed();
  };
  return { catalog, items, find };
}

describe("words", () => {
  it.each([
    ["Neon, CITY!", "neon city"],
    ["Café Zürich ÅNGSTRÖM", "cafe zurich angstrom"],
    ["ﬁne ２０２６", "fine 2026"],
    ["灯台と海", "灯 台 と 海"],
    ["東京tower", "東 京 tower"],
    ["🏮lantern🏮", "🏮 lantern 🏮"],
    ["a_b-c.d", "a b c d"],
    ["\u202eevil\u2066", "evil"],
    ['"" * ( ) : ^ - +', ""],
  ])("of %s are %s", (text, words) => {
    expect(wordsOf(text).flat().join(" ")).toBe(words);
  });

  it("leave nothing of a search that the index would take for an operator", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (query) => {
        const match = matchOf("x", query);
        if (match !== null) expect(match.replace(/"[^"()*:^]+" \*(?: AND )?/g, "")).toBe("");
      }),
    );
  });
});

describe("a search", () => {
  it("finds words from their beginning, in any script, whatever their accents and case", async () => {
    const prompts = [
      "A café in Zürich, NEON rain",
      "灯台の夜、静かな海",
      "Ελλάδα στον ήλιο",
      "горы на рассвете",
      "الجبال عند الفجر",
      "บ้านริมทะเล",
      "서울의 밤",
      "🏮 paper",
    ];
    const { find, catalog } = await catalogOf(...prompts);
    const cases = [
      ["neo", 0],
      ["CAFE zur", 0],
      ["café", 0],
      ["rain neon", 0],
      ["灯", 1],
      ["台の夜", 1],
      ["静か", 1],
      ["ελλαδα", 2],
      ["ΉΛΙΟ", 2],
      ["рассв", 3],
      ["الفجر", 4],
      ["ทะเล", 5],
      ["서울", 6],
      ["🏮", 7],
    ] as const;
    for (const [words, place] of cases) expect(find(words), words).toEqual([prompts[place]]);
    for (const words of ["eon", "neon snow", "台灯", "zzz"]) expect(find(words), words).toEqual([]);
    catalog.close();
  });

  it("takes quotes and operators for what they are not", async () => {
    const { find, catalog } = await catalogOf("neon city", "quiet sea");
    for (const words of [
      '"neon',
      "neon*",
      "neon AND",
      "neon)",
      "(neon",
      "-neon",
      "^neon",
      "text:neon",
      "neon'; DROP TABLE items; --",
      "{neon} : city",
      "NEAR(neon city)",
    ]) {
      expect(() => find(words), words).not.toThrow();
    }
    expect(find('"neon" (city)')).toEqual(["neon city"]);
    expect(find("neon OR sea")).toEqual([]);
    expect(find("a ".repeat(500))).toEqual([]);
    // Without a word there is nothing to narrow down by.
    expect(find('"*"')).toEqual(["neon city", "quiet sea"]);
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 80 }), (words) => void find(words)));
    catalog.close();
  });

  it("knows a title as soon as it is given, and forgets it with it", async () => {
    const { catalog, items, find } = await catalogOf("one", "two");
    const [first] = items;
    if (!first) throw new Error("nothing was made");
    catalog.put([itemOf(first.manifest, { title: "Lighthouse", count: 1 })]);
    expect(find("lighth one")).toEqual(["one"]);
    catalog.put([itemOf(first.manifest, { title: null, count: 2 })]);
    expect(find("lighthouse")).toEqual([]);
    catalog.put([itemOf(first.manifest, { trashedAt: "2026-11-21T10:00:00.000Z", count: 3 })]);
    expect(find("one")).toEqual([]);
    catalog.put([itemOf(first.manifest, { count: 4 })]);
    expect(find("one")).toEqual(["one"]);
    catalog.erase([first.manifest.id]);
    expect(find("one")).toEqual([]);
    catalog.close();
  });

  it("never reaches what belongs to somebody else", async () => {
    const { catalog, find } = await catalogOf("secret garden");
    const made = { generator: "gradio-space", model: "owner/secret" };
    catalog.put([itemOf(manifestOf("alice", made))]);
    expect(find("secret", "bob")).toEqual([]);
    expect(catalog.madeWith("bob")).toEqual([]);
    for (const wanted of [{ words: "s" }, { favorite: false }, { oldestFirst: true }, { from: 0 }, made]) {
      expect(catalog.search("bob", wanted, everything)).toEqual({ items: [], next: null, total: 0 });
    }
    catalog.close();
  });

  it("loses nothing when ids share their moment and their counter, or lie in another century", async () => {
    const catalog = openCatalog(await temporaryFolder());
    const start = newId().slice(0, 18);
    const alike = Array.from({ length: 9 }, () => itemOf(manifestOf("alice", { id: start + newId().slice(18), prompt: "alike" })));
    const far = ["0001-01-01", "1969-12-31", "9999-12-31"].map((day) =>
      itemOf(manifestOf("alice", { createdAt: `${day}T00:00:00.000Z`, prompt: "alike" })),
    );
    catalog.put([...alike, ...far]);
    const seen: string[] = [];
    let after: Position | null = null;
    do {
      const page: ReturnType<typeof catalog.search> = catalog.search("alice", { words: "alike" }, { limit: 2, after });
      seen.push(...page.items.map(({ manifest }) => manifest.id));
      after = page.next;
    } while (after);
    expect(seen.toSorted()).toEqual([...alike, ...far].map(({ manifest }) => manifest.id).toSorted());
    catalog.close();
  });

  it("pages exactly through whatever is asked for, in both orders", async () => {
    const start = 2e12;
    const catalog = openCatalog(await temporaryFolder());
    const items = Array.from({ length: 60 }, (_, n) => {
      const { image, ...manifest } = manifestOf(n % 5 ? "alice" : "bob", {
        now: start + Math.floor(n / 4),
        prompt: `${n % 2 ? "odd" : "even"} number ${n}`,
        ...(n % 3 === 1 && { generator: "gradio-space", model: n % 4 ? "owner/one" : "owner/two" }),
      });
      const shape = n % 3 ? { width: 1024, height: 1024 } : { width: 832, height: 1216 };
      const made = { ...manifest, image: { ...image, ...shape } };
      return itemOf(made, { favorite: n % 4 === 0, trashedAt: n % 7 === 0 ? "2026-11-21T10:00:00.000Z" : null });
    });
    // A rebuilt catalog meets its items in any order.
    catalog.put(items.toSorted((a, b) => (a.manifest.id.slice(24) < b.manifest.id.slice(24) ? 1 : -1)));
    const wantedOf = fc.record<Wanted>(
      {
        words: fc.constantFrom("odd", "even", "n", "number 3", "nothing"),
        favorite: fc.boolean(),
        generator: fc.constantFrom("embedded", "gradio-space"),
        model: fc.constantFrom("owner/one", "owner/two", "owner/three"),
        size: fc.constantFrom({ width: 1024, height: 1024 }, { width: 832, height: 1216 }),
        from: fc.integer({ min: 0, max: 16 }).map((ms) => start + ms),
        to: fc.integer({ min: 0, max: 16 }).map((ms) => start + ms),
        oldestFirst: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(wantedOf, fc.integer({ min: 1, max: 9 }), (wanted, limit) => {
        const expected = items.filter(({ manifest, marks }) => {
          const made = Date.parse(manifest.createdAt);
          return (
            manifest.owner === "alice" &&
            marks.trashedAt === null &&
            (wanted.words ?? "").split(" ").every((word) => manifest.prompt.split(" ").some((part) => part.startsWith(word))) &&
            marks.favorite === (wanted.favorite ?? marks.favorite) &&
            manifest.generator === (wanted.generator ?? manifest.generator) &&
            manifest.model === (wanted.model ?? manifest.model) &&
            manifest.image.width === (wanted.size?.width ?? manifest.image.width) &&
            made >= (wanted.from ?? 0) &&
            made < (wanted.to ?? Number.POSITIVE_INFINITY)
          );
        });
        const seen: string[] = [];
        let after: Position | null = null;
        do {
          const page: ReturnType<typeof catalog.search> = catalog.search("alice", wanted, { limit, after });
          expect(page.total).toBe(expected.length);
          seen.push(...page.items.map(({ manifest }) => manifest.id));
          after = page.next;
        } while (after);
        const inOrder = expected.map(({ manifest }) => manifest.id);
        expect(seen).toEqual(wanted.oldestFirst ? inOrder : inOrder.toReversed());
        const nextTo = ({ manifest: { id, createdAt } }: (typeof expected)[number]) =>
          catalog.nextTo("alice", wanted, { createdAt: Date.parse(createdAt), id });
        const following = wanted.oldestFirst ? [...inOrder.slice(1), null] : [null, ...inOrder.slice(0, -1)];
        expect(expected.map(nextTo)).toEqual(following.slice(0, expected.length));
      }),
      { numRuns: 300 },
    );
    catalog.close();
  });
});

describe("what pictures were made with", () => {
  const made = (generator: string, model: string | null) => itemOf(manifestOf("alice", { generator, model }));

  it("is known as long as one of them is not in the trash", async () => {
    const catalog = openCatalog(await temporaryFolder());
    const [drawn, modelled] = [made("embedded", null), made("inference-providers", "owner/b")];
    const others = [made("inference-providers", "owner/a"), made("inference-providers", "owner/b"), made("gradio-space", "owner/a")];
    catalog.put([drawn, modelled, ...others, itemOf(manifestOf("bob", { generator: "own-one", model: "owner/c" }))]);
    const [a, b] = [
      { generator: "inference-providers", model: "owner/a" },
      { generator: "inference-providers", model: "owner/b" },
    ];
    const [space, engine] = [
      { generator: "gradio-space", model: "owner/a" },
      { generator: "embedded", model: null },
    ];
    expect(catalog.madeWith("alice")).toEqual([engine, space, a, b]);
    catalog.erase([modelled.manifest.id]);
    expect(catalog.madeWith("alice"), "another has the same").toEqual([engine, space, a, b]);
    catalog.put([itemOf(drawn.manifest, { trashedAt: "2026-11-21T10:00:00.000Z", count: 1 })]);
    expect(catalog.madeWith("alice")).toEqual([space, a, b]);
    catalog.put([itemOf(drawn.manifest, { count: 2 })]);
    expect(catalog.madeWith("alice")).toEqual([engine, space, a, b]);
    expect(catalog.madeWith("nobody")).toEqual([]);
    catalog.close();
  });

  it("narrows down within a collection as well", async () => {
    const catalog = openCatalog(await temporaryFolder());
    const collection = newId();
    const [one, other] = [made("inference-providers", "owner/a"), made("inference-providers", "owner/b")];
    const within = [one, other].map(({ manifest }) => itemOf(manifest, { collections: { [collection]: true } }));
    catalog.put([...within, made("inference-providers", "owner/a")]);
    const { items, total } = catalog.search("alice", { collection, generator: "inference-providers", model: "owner/a" }, everything);
    expect(items.map(({ manifest }) => manifest.id)).toEqual([one.manifest.id]);
    expect(total).toBe(1);
    catalog.close();
  });
});

describe("the address of a list", () => {
  it("is understood part by part", () => {
    expect(
      findingSchema.parse({
        q: "neon",
        favorite: "true",
        generator: "inference-providers",
        model: "owner/name",
        size: "832x1216",
        from: "2026-11-21",
        to: "2026-11-22T05:00:00+01:00",
        sort: "oldest",
      }),
    ).toEqual({
      q: "neon",
      favorite: true,
      generator: "inference-providers",
      model: "owner/name",
      size: { width: 832, height: 1216 },
      from: Date.UTC(2026, 10, 21),
      to: Date.UTC(2026, 10, 22, 4),
      sort: "oldest",
    });
  });

  it.each([
    { size: "0x5" },
    { size: "big" },
    { from: "yesterday" },
    { sort: "random" },
    { generator: "../else" },
    { generator: "a".repeat(41) },
    { model: "" },
    { model: "a".repeat(201) },
    { trashed: "true", model: "owner/name" },
    { q: "a".repeat(1001) },
    { trashed: "true", q: "a" },
  ])("is refused as %j", (query) => {
    expect(listQuerySchema.safeParse(query).success).toBe(false);
  });
});
