import { defineConfig } from "@playwright/test";
import { chromiumFlags, findChromium } from "./tests/support/chromium.ts";
import { appOrigin } from "./tests/support/preview-server.ts";

const executablePath = findChromium();

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  snapshotPathTemplate: "{testDir}/{testFileName}-snapshots/{arg}{ext}",
  globalSetup: "./tests/support/preview-server.ts",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // Pictures take turns on the cores that the tests themselves keep busy.
  timeout: 90_000,
  globalTimeout: 17 * 60_000,
  expect: { timeout: 30_000 },
  reporter: "line",
  use: {
    baseURL: appOrigin(),
    browserName: "chromium",
    trace: "retain-on-failure",
    launchOptions: { args: chromiumFlags, ...(executablePath && { executablePath }) },
  },
});
