/** `npm run check`: types, lint with formatting and import rules, unused code; says what failed and one summary line. */
import { type Outcome, run, tools } from "./command.ts";

export type CheckResult = Outcome & { name: "types" | "lint" | "unused" };

/** Runs the three side by side. */
export function runChecks(): Promise<CheckResult[]> {
  return Promise.all([
    checkTypes().then((outcome) => ({ ...outcome, name: "types" as const })),
    run(tools.biome, ["check", "--error-on-warnings", "--colors=off", "."]).then((outcome) => ({ ...outcome, name: "lint" as const })),
    run(tools.knip, ["--no-progress"]).then((outcome) => ({ ...outcome, name: "unused" as const })),
  ]);
}

/** What failed with everything it said, then one line about all. */
export function reportOn(results: readonly CheckResult[]): string {
  const failures = results.filter(({ ok }) => !ok).map(({ name, output }) => `── ${name}\n${output.trimEnd()}\n`);
  const summary = results.map(({ name, ok, seconds }) => `${name} ${ok ? "passed" : "FAILED"} (${seconds.toFixed(1)} s)`).join(", ");
  return [...failures, summary].join("\n");
}

// In a fresh clone the types of routes, and next-env.d.ts, do not exist yet.
async function checkTypes(): Promise<Outcome> {
  const generated = await run(tools.next, ["typegen"]);
  if (!generated.ok) return generated;
  const checked = await run(tools.tsc, ["--noEmit", "--pretty", "false"]);
  return { ...checked, seconds: generated.seconds + checked.seconds };
}

if (import.meta.main) {
  const results = await runChecks();
  console.log(reportOn(results));
  process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
}
