import "server-only";
import type { MadeWith } from "@/lib/gallery/generation";
import { withLibrary } from "@/lib/gallery/library";
import { engineName } from "@/lib/generators";

/** What the person's pictures were made with, without what is in the trash. @throws Failure `storage_unavailable` */
export function listMadeWith(owner: string): Promise<MadeWith[]> {
  return withLibrary(async ({ catalog }) => {
    const models = Map.groupBy(catalog.madeWith(owner), ({ generator }) => generator);
    return [...models].map(([generator, used]) => ({
      generator,
      engine: engineName(generator),
      models: used.flatMap(({ model }) => model ?? []),
    }));
  });
}
