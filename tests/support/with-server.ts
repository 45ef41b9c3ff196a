import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Preview, type PreviewSettings, startPreview } from "../../dev/preview.ts";

/** Lends a test a server of its own, with other settings than the one that all share, and takes it away with all that it wrote. */
export async function withServer(settings: Omit<PreviewSettings, "folder">, use: (server: Preview) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "keepsake-server-"));
  let server: Preview | undefined;
  try {
    server = await startPreview({ quiet: true, ...settings, folder });
    await use(server);
  } finally {
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  }
}
