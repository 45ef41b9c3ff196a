/** The generators that this installation has. Adding one is one file and one line here. */

import { config } from "@/lib/config";
import type { Engine } from "@/lib/gallery/making";
import { embedded } from "@/lib/generators/embedded";
import type { Generator } from "@/lib/generators/generator";
import { createGradioSpace } from "@/lib/generators/gradio-space";
import { createInferenceProviders } from "@/lib/generators/inference-providers";
import { Failure } from "@/lib/http/errors";
import { features, site } from "@/lib/site";

/** A request that names no generator goes to the first that is available. */
const table: readonly Generator[] = [
  // Costs nothing, and needs no account: the first, and so the default.
  embedded,
  // Both in the name of the person who asks.
  createInferenceProviders({ model: site.model }),
  createGradioSpace(() => config().gradioSpace),
];

const installed = () => table.filter(({ isInstalled, models }) => (features.models || !models) && (isInstalled?.() ?? true));

/**
 * The generator of this id, or the default one.
 * @throws Failure `generator_unavailable` when there is none, or when it cannot be used in this installation
 */
export function generatorFor(id?: string): Generator {
  const generator = installed().find((entry) => (id === undefined ? entry.unavailable() === null : entry.id === id));
  const reason = generator ? generator.unavailable() : `no generator ${id}`;
  if (!generator || reason !== null) throw new Failure("generator_unavailable", { cause: new Error(reason ?? "no generator") });
  return generator;
}

/** For the owner: each of the generators, why it cannot be used, or what is wrong with how it is set up. */
export function inspectGenerators(): Promise<{ id: string; label: string; note: string; problem: string | null }[]> {
  return Promise.all(
    installed().map(async ({ id, label, note, unavailable, problem }) => ({
      id,
      label,
      note,
      problem: unavailable() ?? (await problem?.()) ?? null,
    })),
  );
}

/** The name of a generator for people; of one that is no longer in the table, its id. */
export function engineName(id: string): string {
  return table.find((entry) => entry.id === id)?.label ?? id;
}

/** What can be chosen, in the words of the page, and what cannot with the reason. */
export function listGenerators(): Engine[] {
  return installed().map(({ id, label, note, unavailable, scope, models }) => ({
    ...{ id, label, note, unavailable: unavailable(), scope: scope ?? null, hasModels: models !== undefined },
  }));
}
