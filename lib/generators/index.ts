/** The generators that this installation has. Adding one is one file and one line here. */
import type { GeneratorId } from "@/lib/gallery/generation";
import { embedded } from "@/lib/generators/embedded";
import type { Generator } from "@/lib/generators/generator";
import { Failure } from "@/lib/http/errors";

type Entry = { generator: Generator; label: string; note: string };

const table: Partial<Record<GeneratorId, Entry>> = {
  embedded: { generator: embedded, label: "Built-in engine", note: "Draws with mathematics; not an AI model" },
};

/**
 * The generator of this id.
 * @throws Failure `generator_unavailable` when this installation does not have it
 */
export function generatorFor(id: GeneratorId): Generator {
  const entry = table[id];
  if (!entry) throw new Failure("generator_unavailable");
  return entry.generator;
}

/** What can be chosen, in the words of the page. */
export const availableGenerators: readonly { id: GeneratorId; label: string; note: string }[] = Object.values(table).map(
  ({ generator, label, note }) => ({ id: generator.id, label, note }),
);
