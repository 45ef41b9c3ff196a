/** What one person was told about their pictures, and what may have become of what they were told nothing about. */
import { createHash } from "node:crypto";
import type { HttpClient } from "../support/http-client.ts";

type Fields = { favorite: boolean; title: string | null; trashed: boolean };
type Item = {
  id: string;
  prompt: string;
  favorite: boolean;
  title: string | null;
  trashedAt: string | null;
  imageUrl: string;
  saved: boolean;
};
type Page = { items: Item[]; nextCursor: string | null; catchingUp?: true };

/** Every field holds the values that it may have: one that was acknowledged, and those that were asked for since. */
type Known = {
  possible: { [Name in keyof Fields]: Set<Fields[Name]> };
  erased: "no" | "maybe" | "yes";
  busy: boolean;
  sha256: string | null;
};

export type Truth = {
  known: Map<string, Known>;
  /** Prompts of pictures of which it is not known whether they were made. */
  unanswered: Set<string>;
  counts: { made: number; marked: number; erased: number };
};

export function newTruth(): Truth {
  return { known: new Map(), unanswered: new Set(), counts: { made: 0, marked: 0, erased: 0 } };
}

/** Remembers a picture that the server has acknowledged. */
export function acknowledge(truth: Truth, id: string): void {
  const possible = { favorite: new Set([false]), title: new Set<string | null>([null]), trashed: new Set([false]) };
  truth.known.set(id, { possible, erased: "no", busy: false, sha256: null });
  truth.counts.made += 1;
}

/** Sends a change of a field, and notes what may be true while and after it is on its way. */
export async function change<Name extends keyof Fields>(
  known: Known,
  name: Name,
  value: Fields[Name],
  send: () => Promise<Response>,
): Promise<boolean> {
  const possible = known.possible[name];
  possible.add(value);
  const response = await send();
  await response.arrayBuffer();
  if (!response.ok) return false;
  possible.clear();
  possible.add(value);
  return true;
}

const wholeWithinMs = 120_000;

/** Everything that the server lists, once it says that nothing more is to come. @throws Error when it never does */
export async function listEverything(client: HttpClient, origin: string): Promise<Item[]> {
  for (const end = Date.now() + wholeWithinMs; ; ) {
    const items: Item[] = [];
    let isComplete = true;
    for (const trashed of [false, true]) {
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const query = `trashed=${trashed}&limit=200${cursor ? `&cursor=${cursor}` : ""}`;
        const response = await client.request(`${origin}/api/generations?${query}`);
        if (!response.ok) throw new Error(`the list answered ${response.status}: ${await response.text()}`);
        const page = (await response.json()) as Page;
        items.push(...page.items);
        if (page.catchingUp) isComplete = false;
        cursor = page.nextCursor;
      }
    }
    if (isComplete) return items;
    if (Date.now() > end) throw new Error("the server goes on saying that its list is not whole");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** What in a list contradicts what was told, in sentences. Images of so many pictures are compared with what they were before. */
export async function violations(truth: Truth, items: readonly Item[], { client, origin, images }: Looking): Promise<string[]> {
  const found: string[] = [];
  const listed = new Set(items.map(({ id }) => id));
  if (listed.size < items.length) found.push("a picture is listed twice");
  for (const [id, { erased }] of truth.known) {
    if (erased === "no" && !listed.has(id)) found.push(`${id} was acknowledged and is lost`);
    if (erased === "yes" && listed.has(id)) found.push(`${id} was erased and is back`);
  }
  for (const item of items) {
    const known = truth.known.get(item.id);
    if (known) found.push(...contradictions(known, item));
    else if (truth.unanswered.delete(item.prompt)) acknowledge(truth, item.id);
    else found.push(`${item.id} was never made, or made twice`);
  }
  const sample = items.toSorted(() => Math.random() - 0.5).slice(0, images);
  for (const { id, imageUrl } of [...items.slice(0, 5), ...sample]) {
    const known = truth.known.get(id);
    const response = await client.request(origin + imageUrl);
    const sha256 = createHash("sha256")
      .update(new Uint8Array(await response.arrayBuffer()))
      .digest("hex");
    if (!response.ok) found.push(`the image of ${id} answers ${response.status}`);
    else if (known?.sha256 && known.sha256 !== sha256) found.push(`the image of ${id} has changed`);
    else if (known) known.sha256 = sha256;
  }
  return found;
}

export type Looking = { client: HttpClient; origin: string; images: number };

/** Where another replica lists something else, in sentences: which pictures, and what of them. */
export function differences(here: readonly Item[], there: readonly Item[]): string[] {
  const others = new Map(there.map((item) => [item.id, item]));
  const found = here.flatMap((item) => {
    const other = others.get(item.id);
    others.delete(item.id);
    if (!other) return [`${item.id} is not listed by another replica`];
    const fields = (Object.keys(item) as (keyof Item)[]).filter((name) => JSON.stringify(item[name]) !== JSON.stringify(other[name]));
    return fields.map(
      (name) => `${item.id}: ${name} is ${JSON.stringify(item[name])}, and ${JSON.stringify(other[name])} on another replica`,
    );
  });
  for (const id of others.keys()) found.push(`${id} is listed by another replica only`);
  const inOrder = here.every(({ id }, n) => there[n]?.id === id);
  return found.length > 0 || inOrder ? found : ["another replica lists in another order"];
}

function contradictions({ possible }: Known, { id, favorite, title, trashedAt }: Item): string[] {
  const seen: Fields = { favorite, title, trashed: trashedAt !== null };
  return (Object.keys(seen) as (keyof Fields)[])
    .filter((name) => !(possible[name] as Set<unknown>).has(seen[name]))
    .map((name) => `${id}: ${name} is ${seen[name]}, but can only be ${[...possible[name]].join(" or ")}`);
}
