/** The generators that this installation has. Adding one is one file and one line here. */

import type { Engine } from "@/lib/gallery/generation";
import { embedded } from "@/lib/generators/embedded";
import type { Generator } from "@/lib/generators/generator";
import { createInferenceProviders } from "@/lib/generators/inference-providers";
import { Failure } from "@/lib/http/errors";
import { site } from "@/lib/site";

/** The first that is available makes what is asked of nobody in particular. */
// biome-ignore format: one line each
const table: readonly Generator[] = [
  embedded,
  createInferenceProviders({ model: site.model }),
];

/**
 * The generator of this id, or the default one.
 * @throws Failure `generator_unavailable` when there is none, or when it cannot be used in this installation
 */
export function generatorFor(id?: string): Generator {
  const generator = table.find((entry) => (id === undefined ? entry.unavailable() === null : entry.id === id));
  const reason = generator ? generator.unavailable() : `no generator ${id}`;
  if (!generator || reason !== null) throw new Failure("generator_unavailable", { cause: new Error(reason ?? "no generator") });
  return generator;
}

/** The name of a generator for people; of one that is no longer in the table, its id. */
export function engineName(id: string): string {
  return table.find((entry) => entry.id === id)?.label ?? id;
}

/** What can be chosen, in the words of the page, and what cannot with the reason. */
export function listGenerators(): Engine[] {
  return table.map(({ id, label, note, unavailable, scope, models }) => ({
    ...{ id, label, note, unavailable: unavailable(), scope: scope ?? null, hasModels: models !== undefined },
  }));
}
