import { describe, expect, it } from "vitest";
import {
  type Change,
  type CollectionList,
  collectionsOf,
  moved,
  renamed,
  withAt,
  withChange,
  without,
  withoutChange,
  withTold,
} from "@/components/collections/collection-list";
import type { Collection } from "@/lib/gallery/collection";

const collection = (id: string, title = id): Collection => ({
  id,
  title,
  createdAt: "2026-11-21T09:00:00.000Z",
  count: 0,
  covers: [],
  saved: true,
});
const named = (ids: string) => [...ids].map((id) => collection(id));
const shown = (list: CollectionList) => collectionsOf(list).map(({ title }) => title);
const now = Date.parse("2026-11-21T10:00:00.000Z");
const changing = (map: Change["map"], at = now): Change => ({ map, at });

describe("what is known of the collections", () => {
  it("is what was told last, whatever comes of earlier", () => {
    const list = withTold(withTold(null, named("abc"), now, now), named("a"), now - 1, now);
    expect(shown(list)).toEqual(["a", "b", "c"]);
    expect(shown(withTold(list, named("ab"), now + 1, now + 1))).toEqual(["a", "b"]);
  });

  it("keeps a change that the server did not know of yet when it read what it tells now", () => {
    const changed = withChange(withTold(null, named("abc"), now - 5000, now), changing(without("b")));
    expect(shown(changed)).toEqual(["a", "c"]);
    expect(shown(withTold(changed, named("abc"), now + 1000, now + 1000))).toEqual(["a", "c"]);
  });

  it("believes the server again when it must have known", () => {
    const changed = withChange(withTold(null, named("abc"), now, now), changing(without("b")));
    expect(shown(withTold(changed, named("abc"), now + 3_600_000, now + 3_600_000))).toEqual(["a", "b", "c"]);
  });

  it("takes one change back, and keeps what was changed before and after it", () => {
    const refused = changing(without("b"));
    const list = [changing(renamed("a", "A")), refused, changing(renamed("c", "C"))].reduce<CollectionList>(
      withChange,
      withTold(null, named("abc"), now, now),
    );
    expect(shown(list)).toEqual(["A", "C"]);
    expect(shown(withoutChange(list, refused))).toEqual(["A", "b", "C"]);
  });

  it("shows what the server tells of one that was moved, brought back or removed elsewhere", () => {
    const list = withChange(withTold(null, named("abc"), now, now), changing(moved("c", "a")));
    expect(shown(list)).toEqual(["c", "a", "b"]);
    expect(shown(withTold(list, [...named("ab"), collection("c", "C")], now + 1, now + 1))).toEqual(["C", "a", "b"]);
    expect(shown(withTold(list, named("ab"), now + 1, now + 1))).toEqual(["a", "b"]);
    const back = withChange(withTold(null, named("ac"), now, now), changing(withAt(1, collection("b"))));
    expect(shown(back)).toEqual(["a", "b", "c"]);
    expect(shown(withTold(back, [collection("a"), collection("b", "B")], now + 1, now + 1))).toEqual(["a", "B"]);
  });

  it("begins with a change where nothing was told yet", () => {
    expect(shown(withChange(null, { map: (known) => [...known, collection("a")], at: now }))).toEqual(["a"]);
  });
});
