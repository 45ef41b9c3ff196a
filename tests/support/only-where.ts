import { test } from "@playwright/test";

/**
 * Skips the test that runs, or from a hook all that it is for, where something that they need is not there. It is the one way to leave a test
 * out: without it such a test would pass without having looked, or fail for what it is not about. The report counts it as skipped, and why.
 */
export function onlyWhere(condition: boolean, reason: string): void {
  test.info().skip(!condition, reason);
}
