/** What pictures can be made with, as the form asks. */
import "server-only";
import type { ImageModel } from "@/lib/gallery/generation";
import { generatorFor, listGenerators } from "@/lib/generators";

export { inspectGenerators as inspectEngines, listGenerators as listEngines } from "@/lib/generators";

/** The models of every generator that has some and can be used here, by its id; the default one first. */
export async function listModels(): Promise<Record<string, ImageModel[]>> {
  const able = listGenerators().filter(({ hasModels, unavailable }) => hasModels && unavailable === null);
  return Object.fromEntries(await Promise.all(able.map(async ({ id }) => [id, (await generatorFor(id).models?.()) ?? []] as const)));
}
