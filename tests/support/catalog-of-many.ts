/** A catalog as that of someone who has made pictures for years, beside another person's: filled directly, without an archive. */
import { type Catalog, openCatalog } from "@/lib/gallery/catalog";
import { itemOf, manifestOf } from "@/tests/support/items";

const subjects =
  "mountains city ink aurora dunes forest petals circles storm crystals lighthouse river desert garden harbour bridge 灯台 京都の秋 горы".split(
    " ",
  );
const words =
  "dawn rain marble frozen copper winter pastel red dark violet quiet neon long low soft gold deep green drifting layer blue mist".split(
    " ",
  );
const shapes = [
  { width: 1024, height: 1024 },
  { width: 832, height: 1216 },
];

const models = ["example/quick-one", "example/slow-one", "another/quick-one"];

export const firstMoment = Date.UTC(2024, 0);

/** Opens a catalog in a folder: 100,000 pictures of "anna", one a minute, every tenth a favourite, every fourth made with one of three models; and 20,000 of "bruno". */
export function openCatalogOfMany(folder: string): Catalog {
  const catalog = openCatalog(folder);
  for (const [owner, count] of [
    ["anna", 100_000],
    ["bruno", 20_000],
  ] as const) {
    fillCatalog(catalog, owner, 0, count);
  }
  return catalog;
}

/** Puts the pictures of a person with these numbers, `to` not included; both are multiples of 500. */
export function fillCatalog(catalog: Catalog, owner: string, from: number, to: number): void {
  for (let n = from; n < to; n += 500) catalog.put(Array.from({ length: 500 }, (_, k) => someItem(owner, n + k)));
}

function someItem(owner: string, n: number) {
  const pick = (list: readonly string[], step: number) => list[(n * step + (n >> 3)) % list.length] ?? "";
  const prompt = [pick(subjects, 7), ...[3, 5, 11, 13, 17].map((step) => pick(words, step)), `number${n}`].join(" ");
  const makers = n % 4 === 0 ? { generator: "inference-providers", model: pick(models, 1) } : {};
  const made = manifestOf(owner, { prompt, now: firstMoment + n * 60_000, ...makers });
  return itemOf({ ...made, image: { ...made.image, ...shapes[n % 2] } }, { favorite: n % 10 === 0 });
}
