import { test } from "@playwright/test";

/** Skips the test that runs, or from a hook all that it is for, where something that they need is not there; the report shows the reason. */
export function onlyWhere(condition: boolean, reason: string): void {
  test.info().skip(!condition, reason);
}
