import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { openVolume } from "@/lib/storage/volume";
import { describeObjectStore } from "@/tests/contract/object-store";
import { temporaryFolder } from "@/tests/support/temporary-folder";

describeObjectStore("volume", async () => {
  const folder = path.join(await temporaryFolder(), "archive");
  return {
    store: openVolume({ folder }),
    // A folder where a file should be answers EISDIR, also to root, whom permissions do not stop.
    async damage(name) {
      await rm(path.join(folder, name));
      await mkdir(path.join(folder, name));
    },
    async litter(name, bytes) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), bytes);
    },
  };
});
