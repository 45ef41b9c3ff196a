import { test } from "@playwright/test";

/** Skips a test, or at the top of a file all of its tests, where something that they need is not there; the report shows the reason. */
export function onlyWhere(condition: boolean, reason: string): void {
  // biome-ignore lint/suspicious/noSkippedTests: the rule is against tests that are left out everywhere; these run wherever they can
  test.skip(!condition, reason);
}
