/** Puts a test file that imports this first into an installation: the gallery takes its settings, engine and volume from there. */
import { vi } from "vitest";

vi.mock("@/lib/config", async () => ({ config: (await import("@/tests/support/installation")).config }));
vi.mock("@/lib/generators", () => import("@/tests/support/installation"));
vi.mock("@/lib/storage/volume", async (importOriginal) => {
  const { openVolume } = await importOriginal<typeof import("@/lib/storage/volume")>();
  const { wrapVolume } = await import("@/tests/support/installation");
  return { openVolume: (options: Parameters<typeof openVolume>[0]) => wrapVolume(openVolume(options)) };
});
