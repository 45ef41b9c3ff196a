import { describe, expect, it } from "vitest";
import {
  type Change,
  type CollectionList,
  collectionsOf,
  withChange,
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
const without = (id: string, at = now): Change => ({ map: (known) => known.filter((other) => other.id !== id), at });
const titled = (id: string, title: string, at = now): Change => ({
  map: (known) => known.map((other) => (other.id === id ? collection(id, title) : other)),
  at,
});

describe("what is known of the collections", () => {
  it("is what was told last, whatever comes of earlier", () => {
    const list = withTold(withTold(null, named("abc"), now), named("a"), now - 1);
    expect(shown(list)).toEqual(["a", "b", "c"]);
    expect(shown(withTold(list, named("ab"), now + 1))).toEqual(["a", "b"]);
  });

  it("keeps a change that the server did not know of yet when it read what it tells now", () => {
    const changed = withChange(withTold(null, named("abc"), now - 5000), without("b"));
    expect(shown(changed)).toEqual(["a", "c"]);
    expect(shown(withTold(changed, named("abc"), now + 1000))).toEqual(["a", "c"]);
  });

  it("believes the server again when it must have known", () => {
    const changed = withChange(withTold(null, named("abc"), now), without("b"));
    expect(shown(withTold(changed, named("abc"), now + 3_600_000))).toEqual(["a", "b", "c"]);
  });

  it("takes one change back, and keeps what was changed before and after it", () => {
    const refused = without("b");
    const list = [titled("a", "A"), refused, titled("c", "C")].reduce<CollectionList>(withChange, withTold(null, named("abc"), now));
    expect(shown(list)).toEqual(["A", "C"]);
    expect(shown(withoutChange(list, refused))).toEqual(["A", "b", "C"]);
  });

  it("begins with a change where nothing was told yet", () => {
    expect(shown(withChange(null, { map: (known) => [...known, collection("a")], at: now }))).toEqual(["a"]);
  });
});
