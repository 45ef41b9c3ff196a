import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // `server-only` throws outside a bundler that knows the "react-server" condition: in tests it is an empty module.
    alias: { "@": here("."), "server-only": here("tests/support/empty.ts") },
  },
  test: {
    environment: "node",
    // next-auth imports `next/server` in a way that only bundlers resolve.
    server: { deps: { inline: ["next-auth"] } },
    // Drawing and hashing share two cores with everything else.
    testTimeout: 20_000,
    // By itself vitest leaves a core free, which of two is half of them.
    maxWorkers: "100%",
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      { extends: true, test: { name: "unit", include: ["tests/unit/**/*.test.ts", "tests/unit/**/*.test.tsx"] } },
      { extends: true, test: { name: "contract", include: ["tests/contract/**/*.test.ts"] } },
      { extends: true, test: { name: "crash", include: ["tests/crash/**/*.test.ts"] } },
    ],
  },
});
