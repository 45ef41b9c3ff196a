/** The app that the browser tests look at: the production build and an identity provider, on free ports, in a folder of their own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startPreview } from "../../dev/preview.ts";

// Playwright's workers are processes of their own: they learn where the app is from here.
const variable = "KEEPSAKE_UNDER_TEST";

/** Where the app under test is; undefined before it runs. */
export function appOrigin(): string | undefined {
  return process.env[variable];
}

/** Playwright's global setup; gives back the teardown. */
export default async function startServers(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "keepsake-test-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const preview = await startPreview({ folder, quiet: true, paceMs: 100 });
    process.env[variable] = preview.origin;
    return async () => {
      await preview.close();
      await remove();
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
