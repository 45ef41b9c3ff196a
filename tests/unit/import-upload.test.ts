import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { receiveUpload } from "@/lib/gallery/import-upload";

let cacheDir = "";
vi.mock("@/lib/config", () => ({ config: () => ({ cacheDir }) }));

const [MiB, GiB] = [1024 ** 2, 1024 ** 3];

beforeEach(async () => {
  cacheDir = await mkdtemp(path.join(tmpdir(), "keepsake-upload-"));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(cacheDir, { recursive: true });
});

/** Brings so many MiB, and counts those that were asked for. */
function bring(count: number) {
  const asked = { count: 0 };
  const upload = (async function* () {
    for (; asked.count < count; asked.count++) yield new Uint8Array(MiB).fill(asked.count);
  })();
  return { asked, upload };
}

describe("a file that is brought", () => {
  it("lies on the disk as a whole, without a name, where there is room", async () => {
    const file = await receiveUpload(bring(20).upload, async () => ({ free: 2 * GiB, size: 100 * GiB }));
    const { size } = await file.stat();
    const last = await file.read({ buffer: Buffer.alloc(2), position: 20 * MiB - 2 });
    await file.close();
    expect([size, [...last.buffer], await readdir(path.join(cacheDir, "imports"))]).toEqual([20 * MiB, [19, 19], []]);
  });

  it.each([
    ["a gibibyte", 100 * GiB, GiB],
    ["a tenth of a small disk", 2 * GiB, 0.2 * GiB],
  ])("is refused as soon as %s would not be left for what waits to be saved", async (_, size, reserve) => {
    const { asked, upload } = bring(100);
    // Somebody else brings one, too: there are 10 MiB for both.
    const measureRoom = async () => ({ free: reserve + 10 * MiB - 2 * asked.count * MiB, size });
    await expect(receiveUpload(upload, measureRoom)).rejects.toMatchObject({ code: "storage_full" });
    expect(asked.count).toBeLessThan(10);
    expect(asked.count).toBeGreaterThan(0);
  });

  it("is refused at its first byte when there is no room at all, and taken where a disk does not say", async () => {
    const { asked, upload } = bring(1);
    await expect(receiveUpload(upload, async () => ({ free: GiB, size: 100 * GiB }))).rejects.toMatchObject({ code: "storage_full" });
    expect(asked.count).toBe(0);
    await (await receiveUpload(bring(1).upload, async () => ({ free: 0, size: 0 }))).close();
    await (await receiveUpload(bring(1).upload)).close();
  });

  it("is given up when nothing comes for a minute, not when it comes slowly", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { promise: never } = Promise.withResolvers<void>();
    let left = 3;
    const upload = (async function* () {
      for (; left > 0; left--) {
        await new Promise((resolve) => setTimeout(resolve, 59_000));
        yield new Uint8Array(1);
      }
      await never;
    })();
    const received = receiveUpload(upload, async () => ({ free: GiB, size: GiB }));
    const ended = vi.fn();
    received.then(ended, ended);
    while (left > 0) {
      await vi.advanceTimersByTimeAsync(1000);
      expect(ended).not.toHaveBeenCalled();
    }
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
    await vi.advanceTimersByTimeAsync(60_000);
    await expect(received).rejects.toMatchObject({ code: "import_interrupted" });
  });
});
