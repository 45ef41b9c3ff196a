/** What pictures can be made with, as the form asks. */
import "server-only";
import path from "node:path";
import { config } from "@/lib/config";
import type { ImageModel } from "@/lib/gallery/making";
import { generatorFor, listGenerators } from "@/lib/generators";
import { keepSecondsIn } from "@/lib/generators/elsewhere/usual-seconds";

export { inspectGenerators as inspectEngines, listGenerators as listEngines } from "@/lib/generators";

/** The models of every generator that has some and can be used here, by its id; the default one first. */
export async function listModels(): Promise<Record<string, ImageModel[]>> {
  const able = listGenerators().filter(({ hasModels, unavailable }) => hasModels && unavailable === null);
  return Object.fromEntries(await Promise.all(able.map(async ({ id }) => [id, (await generatorFor(id).models?.()) ?? []] as const)));
}

/** How long models usually take is known again after a restart: it lies beside the other things that can be lost. */
export function rememberUsualSeconds(): void {
  keepSecondsIn(path.join(config().cacheDir, "model-seconds.json"));
}
