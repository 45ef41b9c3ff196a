/** `npm run preview`: the production build beside the local identity provider. The browser tests and measurements run on it. */
import path from "node:path";
import { type Environment, runUntilStopped, type ServerProcess, untilAnswering } from "./child.ts";
import { type LocalHub, startLocalHub } from "./local-hub.ts";
import { type Models, startModels } from "./models.ts";
import { checkedPort, freePort } from "./ports.ts";
import { startProduction } from "./production.ts";
import { orOneSentence } from "./sentence.ts";

export type Preview = { origin: string; hub: LocalHub; models: Models; server: ServerProcess; close(): Promise<void> };

export type PreviewSettings = {
  /** Holds the archive, the cache and the provider's secret. */
  folder: string;
  /** Without one, a free one is taken. */
  port?: number;
  /** Where browsers reach the app when something stands in front of it, as a Space's own proxy does. */
  publicOrigin?: string;
  /** Further variables of the app; undefined takes one away. */
  environment?: Environment;
  /** Of the stand-in for models, as in `startInferenceRouter`. */
  paceMs?: number;
  /** Leave out what the server says when all is well. */
  quiet?: boolean;
  /** Gets every line that the server writes, which then appears nowhere else. */
  onLine?: (line: string) => void;
};

/**
 * Starts both; resolves when the app answers.
 * @throws Error with one sentence when there is no build or the server does not come up
 */
export async function startPreview(settings: PreviewSettings): Promise<Preview> {
  const { folder, port: given, publicOrigin, environment, paceMs, quiet, onLine } = settings;
  const port = given ?? (await freePort());
  const origin = `http://localhost:${port}`;
  const hub = await startLocalHub({ origins: [publicOrigin ?? origin], folder });
  const models = await startModels({ ...(paceMs !== undefined && { paceMs }) });
  const close = async () => {
    await Promise.all([server?.stop(), hub.close(), models.close()]);
  };
  let server: ServerProcess | undefined;
  try {
    const variables = {
      ...process.env,
      ...hub.environment,
      ...models.environment,
      APP_URL: publicOrigin ?? origin,
      DATA_DIR: path.join(folder, "archive"),
      CACHE_DIR: path.join(folder, "cache"),
      ...environment,
    };
    server = startProduction(port, variables, { quiet, onLine });
    await untilAnswering(`${origin}/api/health`, server, 30);
    return { origin, hub, models, server, close };
  } catch (error) {
    await close();
    throw error;
  }
}

if (import.meta.main) {
  await orOneSentence(async () => {
    const port = await checkedPort(process.env.PORT || "7860");
    const { hub, models, server } = await startPreview({ folder: ".data/preview", port });
    console.log(hub.welcome);
    await runUntilStopped(server, async () => {
      await Promise.all([hub.close(), models.close()]);
    });
  });
}
