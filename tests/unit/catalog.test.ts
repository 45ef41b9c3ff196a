import { open, readdir, rm, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { openCatalog } from "@/lib/gallery/catalog";
import { catchUp } from "@/lib/gallery/catch-up";
import { readCursor, writeCursor } from "@/lib/gallery/cursor";
import { newId } from "@/lib/gallery/id";
import { manifestName } from "@/lib/gallery/layout";
import { Failure } from "@/lib/http/errors";
import { archiveWithHistory, contents, openAndCatchUp, views } from "@/tests/support/archive-with-history";
import { itemOf, manifestOf, someImage, someThumbnail } from "@/tests/support/items";
import { temporaryFolder } from "@/tests/support/temporary-folder";

// Many real installations in one test, perhaps on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const patient = new AbortController().signal;
const everything = { limit: 200, after: null };

describe("rebuilding", () => {
  const file = (folder: string) => path.join(folder, "catalog.sqlite");
  const ruin: [string, (folder: string) => Promise<void>][] = [
    ["deleted", (folder) => rm(folder, { recursive: true })],
    ["emptied", (folder) => truncate(file(folder), 0)],
    ["cut off", (folder) => truncate(file(folder), 9000)],
    ["replaced by something else", (folder) => writeFile(file(folder), "not a database, but long enough to be taken for one".repeat(99))],
    [
      "garbled inside",
      async (folder) => {
        const handle = await open(file(folder), "r+");
        await handle.write(Buffer.alloc(12_000, 0xa5), 0, 12_000, 4096);
        await handle.close();
      },
    ],
    [
      "of another version",
      async (folder) => {
        const database = new DatabaseSync(file(folder));
        database.exec("UPDATE items SET title = 'of old'; PRAGMA user_version = 999;");
        database.close();
      },
    ],
  ];

  it.each(ruin)("makes the very same catalog when it was %s", async (_, ruinIt) => {
    const folder = path.join(await temporaryFolder(), "cache");
    const { archive } = await archiveWithHistory();
    const live = await openAndCatchUp(folder, archive);
    const before = contents(live, ["alice", "bob"]);
    expect(before[0]?.usage).toEqual({ count: 13, trashed: 1, bytes: 14 * someImage.length });
    live.close();
    await ruinIt(folder);
    const rebuilt = await openAndCatchUp(folder, archive);
    expect(contents(rebuilt, ["alice", "bob"])).toEqual(before);
    rebuilt.close();
  });

  it("remembers its archive, also across versions", async () => {
    const folder = await temporaryFolder();
    const catalog = openCatalog(folder);
    expect(catalog.archive()).toBeNull();
    catalog.belongTo("one");
    catalog.close();
    const database = new DatabaseSync(file(folder));
    database.exec("PRAGMA user_version = 999;");
    database.close();
    const next = openCatalog(folder);
    expect(next.archive()).toBe("one");
    next.close();
  });

  it("reads only what it does not know", async () => {
    const folder = await temporaryFolder();
    const { store, archive } = await archiveWithHistory();
    const catalog = await openAndCatchUp(folder, archive);
    const fresh = await archive.keep(manifestOf("alice"), someImage, someThumbnail, patient);
    const read = vi.spyOn(store, "read");
    await catchUp(archive, catalog);
    expect(read.mock.calls.filter(([name]) => name.startsWith("o/"))).toEqual([[manifestName(fresh.manifest.id)]]);
    expect(catalog.find("alice", fresh.manifest.id)).toEqual(fresh);
    catalog.close();
  });

  it("is not kept by a mark that never came into the archive from reading one that did", async () => {
    const { archive } = await archiveWithHistory();
    const catalog = await openAndCatchUp(await temporaryFolder(), archive);
    const item = await archive.keep(manifestOf("alice"), someImage, someThumbnail, new AbortController().signal);
    catalog.put([{ ...item, marks: { ...item.marks, title: "lost", count: 1, newest: Date.now() - 1000 } }]);
    await archive.mark(item, { favorite: true });
    await catchUp(archive, catalog);
    expect(catalog.find("alice", item.manifest.id)?.marks).toMatchObject({ title: null, favorite: true, count: 1 });
    catalog.close();
  });

  it("does not put what was read before a mark over the mark", async () => {
    const { archive } = await archiveWithHistory();
    const catalog = await openAndCatchUp(await temporaryFolder(), archive);
    const item = await archive.keep(manifestOf("alice"), someImage, someThumbnail, new AbortController().signal);
    catalog.put([item]);
    const { id } = item.manifest;
    let theirs = item;
    for (const title of ["one", "two"]) theirs = await archive.mark(theirs, { title });
    const scan = archive.scan.bind(archive);
    const marking = { ...archive };
    marking.scan = async function* (options) {
      for await (const finding of scan(options)) {
        // Between its reading and its recording.
        if (finding.kind === "item" && finding.item.manifest.id === id)
          catalog.put([await archive.mark(item, { favorite: true }, () => catalog.find("alice", id))]);
        yield finding;
      }
    };
    await catchUp(marking, catalog);
    expect(catalog.find("alice", id)?.marks).toMatchObject({ favorite: true });
    await catchUp(archive, catalog);
    expect(catalog.find("alice", id)?.marks).toMatchObject({ favorite: true, title: "two", count: 3 });
    catalog.close();
  });

  it("counts, logs and leaves out what is damaged; forgets nothing that the archive does not show", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const folder = await temporaryFolder();
    const { store, archive } = await archiveWithHistory();
    const catalog = await openAndCatchUp(folder, archive);
    const before = contents(catalog, ["alice", "bob"]);
    const bad = newId();
    store.objects.set(manifestName(bad), Buffer.from("{}"));
    for (const name of [...store.objects.keys()]) if (name.startsWith("o/") && !name.includes(bad)) store.objects.delete(name);
    const { unreadable, absent } = await catchUp(archive, catalog);
    expect([catalog.count().quarantined, unreadable.size]).toEqual([1, 0]);
    expect(absent).toHaveLength(catalog.count().items);
    expect(warn.mock.calls).toEqual([[`archive: ${bad} is damaged and left out`]]);
    expect(contents(catalog, ["alice", "bob"])).toEqual(before);
    catalog.close();
  });

  it("keeps no file but its own, and none elsewhere", async () => {
    const folder = await temporaryFolder();
    const catalog = openCatalog(folder);
    catalog.close();
    expect(await readdir(folder)).toEqual(["catalog.sqlite"]);
  });
});

describe("the catalog", () => {
  it("never puts back what was erased, nor an older state over a newer one", async () => {
    const catalog = openCatalog(await temporaryFolder());
    const manifest = manifestOf("alice");
    catalog.put([itemOf(manifest, { favorite: true, count: 2, newest: 9 })]);
    catalog.put([itemOf(manifest, { favorite: false, count: 1, newest: 5 })]);
    expect(catalog.find("alice", manifest.id)?.marks.favorite).toBe(true);
    catalog.erase([manifest.id]);
    catalog.put([itemOf(manifest, { count: 3, newest: 12 })]);
    expect(catalog.find("alice", manifest.id)).toBeNull();
    expect(catalog.usage("alice")).toEqual({ count: 0, trashed: 0, bytes: 0 });
    catalog.close();
  });

  it("shows nobody what belongs to somebody else", async () => {
    const catalog = openCatalog(await temporaryFolder());
    const manifest = manifestOf("alice");
    catalog.put([itemOf(manifest)]);
    for (const other of ["bob", "", "ALICE", "alice ", "%", "alice' OR '1'='1"]) {
      expect(catalog.find(other, manifest.id)).toBeNull();
      expect(catalog.page(other, { trashed: false }, everything)).toEqual({ items: [], next: null, total: 0 });
      expect(catalog.usage(other)).toEqual({ count: 0, trashed: 0, bytes: 0 });
    }
    catalog.close();
  });

  it("counts exactly, and pages through every view in order, whatever is done to it", async () => {
    const folder = await temporaryFolder();
    const change = fc.record({
      item: fc.nat(11),
      what: fc.constantFrom("put", "put", "favorite", "plain", "trash", "restore", "erase"),
    });
    let run = 0;
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (changes, limit) => {
        const catalog = openCatalog(path.join(folder, `${run++}`));
        // Three share a millisecond, so that the order is not by time alone.
        const manifests = Array.from({ length: 12 }, (_, n) => {
          return manifestOf(n % 4 ? "alice" : "bob", { createdAt: `2026-11-21T10:00:00.00${Math.floor(n / 3)}Z` });
        });
        const model = new Map<string, ReturnType<typeof itemOf>>();
        const gone = new Set<string>();
        for (const { item, what } of changes) {
          const manifest = manifests[item] ?? manifestOf("nobody");
          const before = model.get(manifest.id);
          if (what === "erase") {
            model.delete(manifest.id);
            gone.add(manifest.id);
            catalog.erase([manifest.id]);
          } else if (what === "put" ? !before && !gone.has(manifest.id) : before) {
            const marks = before?.marks ?? itemOf(manifest).marks;
            const changed = {
              favorite: { favorite: true },
              plain: { favorite: false },
              trash: { trashedAt: "2026-11-21T11:00:00.000Z" },
              restore: { trashedAt: null },
              put: {},
            }[what];
            const next = itemOf(manifest, { ...marks, ...changed, count: marks.count + (before ? 1 : 0) });
            model.set(manifest.id, next);
            catalog.put([next]);
          }
        }
        for (const owner of ["alice", "bob"]) {
          for (const view of views) {
            const expected = [...model.values()]
              .filter(({ manifest }) => manifest.owner === owner)
              .filter(({ marks }) => (marks.trashedAt !== null) === view.trashed)
              .filter(({ marks }) => view.favorite === undefined || marks.favorite === view.favorite)
              .sort((a, b) => {
                const [x, y] = [a, b].map(({ manifest }) => `${manifest.createdAt} ${manifest.id}`) as [string, string];
                return x < y ? 1 : -1;
              });
            const seen = [];
            let after = null;
            do {
              const page = catalog.page(owner, view, { limit, after });
              expect(page.total).toBe(expected.length);
              expect(page.items.length).toBeLessThanOrEqual(limit);
              seen.push(...page.items);
              after = page.next;
            } while (after);
            expect(seen).toEqual(expected);
          }
        }
        catalog.close();
      }),
      { numRuns: 60 },
    );
  });

  it("loses and repeats nothing while others are added between pages", async () => {
    const folder = await temporaryFolder();
    let run = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 25, maxLength: 25 }),
        (existing, limit, arrivals) => {
          const catalog = openCatalog(path.join(folder, `${run++}`));
          const add = () => {
            const item = itemOf(manifestOf("alice"));
            catalog.put([item]);
            return item.manifest.id;
          };
          const atStart = Array.from({ length: existing }, add);
          const seen: string[] = [];
          let cursor: string | null = null;
          do {
            const after: ReturnType<typeof readCursor> | null = cursor === null ? null : readCursor("alice", cursor);
            const page = catalog.page("alice", { trashed: false }, { limit, after });
            seen.push(...page.items.map((item) => item.manifest.id));
            for (let n = arrivals.shift() ?? 0; n > 0; n -= 1) add();
            cursor = page.next && writeCursor("alice", page.next);
          } while (cursor);
          expect(seen).toEqual(atStart.toReversed());
          catalog.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it("uses an index of the owner for every view, without sorting", async () => {
    const folder = await temporaryFolder();
    openCatalog(folder).close();
    const database = new DatabaseSync(path.join(folder, "catalog.sqlite"));
    const tables = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").all();
    expect(tables.length).toBeGreaterThan(3);
    for (const { sql } of tables) expect(sql).toMatch(/\bowner\b/);
    for (const condition of ["trashed_at IS NULL", "trashed_at IS NULL AND favorite = 1", "trashed_at IS NOT NULL"]) {
      const plan = database
        .prepare(
          `EXPLAIN QUERY PLAN SELECT * FROM items WHERE owner = ? AND ${condition} AND (created_at, id) < (?, ?)
           ORDER BY created_at DESC, id DESC LIMIT 51`,
        )
        .all("alice", 1, "x")
        .map((row) => String(row.detail));
      expect(plan).toHaveLength(1);
      expect(plan[0]).toMatch(/SEARCH items USING INDEX \w+_items \(owner=\? AND \(?created_at/);
    }
    database.close();
  });
});

describe("cursors", () => {
  const position = { createdAt: 1_795_000_000_000, id: newId() };

  it("come back as they were, for their owner only", () => {
    const cursor = writeCursor("alice", position);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(readCursor("alice", cursor)).toEqual(position);
    expect(() => readCursor("bob", cursor)).toThrow(Failure);
  });

  it("are refused when anything about them is changed", () => {
    const cursor = writeCursor("alice", position);
    const refused = (text: string) =>
      expect(() => readCursor("alice", text), text).toThrow(expect.objectContaining({ code: "cursor_invalid" }));
    for (const text of ["", "0", "null", "[]", "../..", "'; DROP TABLE items", "ä", "a".repeat(9999), `${cursor}${cursor}`]) refused(text);
    for (let n = 1; n < cursor.length; n += 1) refused(cursor.slice(0, n));
    fc.assert(
      fc.property(fc.string({ maxLength: 120 }), (text) => {
        refused(text);
        refused(Buffer.from(text).toString("base64url"));
      }),
    );
  });
});
