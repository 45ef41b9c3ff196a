import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countFilters, dayOfMoment, momentOfDay, queryOf, readFinding } from "@/components/finding/finding";
import { findingSchema } from "@/lib/gallery/list-query";

const read = (query: string) => readFinding(new URLSearchParams(query));

describe("the address of a search", () => {
  it("comes back as it was, in one order, without what is not looked for", () => {
    const query =
      "q=neon+%26+%E7%81%AF&favorite=true&generator=inference-providers&model=owner%2Fname&size=832x1216&from=2026-11-20T23%3A00%3A00.000Z&sort=oldest";
    expect(queryOf(read(query))).toBe(query);
    expect(queryOf(read(`sort=newest&to=&favorite=false&q=${"%20"}`))).toBe("");
    expect(queryOf(read("sort=oldest&q=a"))).toBe("q=a&sort=oldest");
  });

  it("leaves out what makes no sense", () => {
    expect(queryOf(read("size=0x0&from=soon&to=2026-99-99&sort=up&generator=..%2Felse&favorite=1"))).toBe("");
    expect(queryOf(read(`generator=${"a".repeat(41)}&model=${"a".repeat(201)}`))).toBe("");
    expect(read(`q=${"a".repeat(5000)}`).q).toHaveLength(1000);
  });

  it("is always one that the server understands", () => {
    const text = fc.string({ unit: "binary", maxLength: 40 });
    const names = fc.constantFrom("q", "favorite", "generator", "model", "size", "from", "to", "sort");
    const date = fc.date({ noInvalidDate: true }).map((time) => time.toISOString());
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.oneof(text, date))), (parts) => {
        const query = queryOf(readFinding(new URLSearchParams(parts)));
        expect(findingSchema.safeParse(Object.fromEntries(new URLSearchParams(query))).error).toBeUndefined();
        expect(queryOf(read(query))).toBe(query);
      }),
    );
  });
});

describe("filters", () => {
  it("are counted without words and favourites, which have a place of their own", () => {
    expect(countFilters(read("q=a&favorite=true"))).toBe(0);
    expect(countFilters(read("generator=embedded")), "an engine").toBe(1);
    expect(countFilters(read("generator=inference-providers&model=owner%2Fname")), "a model of an engine").toBe(1);
    expect(countFilters(read("size=1x1&from=2026-01-01&to=2026-01-02&sort=oldest"))).toBe(4);
  });

  it("hold whole days of the person's own calendar, the last one included", () => {
    const next = momentOfDay("2026-10-24", 1);
    expect(new Date(next).getDate()).toBe(25);
    expect(new Date(next).getHours()).toBe(0);
    expect(dayOfMoment(next, 1)).toBe("2026-10-24");
    expect(dayOfMoment(momentOfDay("2026-01-01"))).toBe("2026-01-01");
    expect([momentOfDay(""), momentOfDay("tomorrow"), dayOfMoment("")]).toEqual(["", "", ""]);
  });
});
