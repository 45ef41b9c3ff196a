import { generatorIdPattern, limits } from "@/lib/gallery/generation";

/** What one looks for in the gallery, as it stands in the page's address and in that of the API. Pure. An empty text means "any". */
export type Finding = {
  q: string;
  favorite: boolean;
  /** Id of a collection. */
  collection: string;
  generator: string;
  /** As the generator calls it. */
  model: string;
  /** `1024x768`. */
  size: string;
  /** ISO 8601; `to` is not included. */
  from: string;
  to: string;
  sort: "newest" | "oldest";
};

/** Nothing of what the folded filters hold. */
export const noFilters = { generator: "", model: "", size: "", from: "", to: "", sort: "newest" } as const;

export const nothingSought: Finding = { q: "", favorite: false, collection: "", ...noFilters };

export const longestSearch = 1000;

const modelName = new RegExp(`^[^]{1,${limits.modelCharacters}}$`);

/** Understands an address; what makes no sense in it is left out. */
export function readFinding(params: Pick<URLSearchParams, "get">): Finding {
  const matching = (name: string, pattern: RegExp) => (pattern.test(params.get(name) ?? "") ? (params.get(name) ?? "") : "");
  return {
    q: (params.get("q") ?? "").trim().slice(0, longestSearch),
    favorite: params.get("favorite") === "true",
    collection: matching("collection", /^[0-9a-f-]{36}$/),
    generator: matching("generator", generatorIdPattern),
    model: matching("model", modelName),
    size: matching("size", /^[1-9]\d{0,4}x[1-9]\d{0,4}$/),
    from: moment(params.get("from")),
    to: moment(params.get("to")),
    sort: params.get("sort") === "oldest" ? "oldest" : "newest",
  };
}

/** The same from the parameters that a page is given. */
export function findingOf(params: Readonly<Record<string, string | string[] | undefined>>): Finding {
  const one = (name: string) => {
    const value = params[name];
    return typeof value === "string" ? value : null;
  };
  return readFinding({ get: one });
}

/** The address of a picture within what is looked for: its neighbours are those of that list. */
export function addressOfPicture(id: string, query: string): string {
  return query ? `/gallery/${id}?${query}` : `/gallery/${id}`;
}

/** The same as a query, always in the same order; empty when nothing is looked for. */
export function queryOf({ q, favorite, collection, generator, model, size, from, to, sort }: Finding): string {
  const parts = {
    q: q.trim(),
    favorite: favorite ? "true" : "",
    collection,
    generator,
    model,
    size,
    from,
    to,
    sort: sort === "oldest" ? sort : "",
  };
  return new URLSearchParams(Object.entries(parts).filter(([, value]) => value !== "")).toString();
}

/** How many of the folded filters are set. */
export function countFilters({ generator, model, size, from, to, sort }: Finding): number {
  return [generator || model, size, from, to, sort === "oldest"].filter(Boolean).length;
}

/** A day of the person's calendar (`2026-11-21`) as the moment when it begins; `after` days later. Empty when it is none. */
export function momentOfDay(day: string, after = 0): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  return year ? moment(new Date(Number(year), Number(month) - 1, Number(date) + after).toISOString()) : "";
}

/** The day of the person's calendar on which a moment lies, or that lies `before` milliseconds earlier. */
export function dayOfMoment(text: string, before = 0): string {
  if (!text) return "";
  const time = new Date(Date.parse(text) - before);
  return [time.getFullYear(), time.getMonth() + 1, time.getDate()]
    .map((part, place) => String(part).padStart(place ? 2 : 4, "0"))
    .join("-");
}

function moment(text: string | null): string {
  const time = text && /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? "" : new Date(time).toISOString();
}
