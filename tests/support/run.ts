/** `npm test`: everything there is to know, in the order in which it is quickest to learn; closes with `N passed, N failed`. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { reportOn, runChecks } from "./check.ts";
import { ensureChromium } from "./chromium.ts";
import { run, tools } from "./command.ts";

// Vitest colours its output for a pipe, too: whether there is a terminal behind it, only we know.
const colours: Record<string, string> = process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };

type Tally = { passed: number; failed: number };

const reports = await mkdtemp(path.join(tmpdir(), "keepsake-reports-"));
const show = (text: string) => void process.stdout.write(text);
const of = (ok: boolean): Tally => (ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

async function checks(): Promise<Tally> {
  const results = await runChecks();
  console.log(reportOn(results));
  const passed = results.filter(({ ok }) => ok).length;
  return { passed, failed: results.length - passed };
}

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });

async function unitAndContract(): Promise<Tally> {
  const file = path.join(reports, "vitest.json");
  const { ok } = await run(tools.vitest, ["run", "--reporter=dot", "--reporter=json", `--outputFile.json=${file}`], {
    environment: colours,
    onOutput: show,
  });
  const report = await parsed(file, vitestReport);
  if (!report) return of(false);
  // A file that cannot even be loaded holds no failed test: it counts as one.
  return { passed: report.numPassedTests, failed: Math.max(report.numFailedTests, ok ? 0 : 1) };
}

async function build(): Promise<Tally> {
  const built = await run(tools.next, ["build"]);
  const completed = built.ok ? await run("dev/standalone.ts", []) : built;
  console.log(completed.ok ? `build passed (${built.seconds.toFixed(1)} s)` : `── build\n${completed.output}\nbuild FAILED`);
  return of(completed.ok);
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
});

async function browser(): Promise<Tally> {
  try {
    ensureChromium();
  } catch (error) {
    console.error((error as Error).message);
    return of(false);
  }
  const file = path.join(reports, "playwright.json");
  const environment = { PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  // Longer than Playwright gives itself: then it still says what it was at.
  const limit = 1100;
  const { ok } = await run(tools.playwright, ["test", "--reporter=dot,json"], { environment, onOutput: show, limit });
  const report = await parsed(file, playwrightReport);
  if (!report) return of(false);
  const { expected, unexpected, flaky } = report.stats;
  return { passed: expected, failed: Math.max(unexpected + flaky + report.errors.length, ok ? 0 : 1) };
}

/** The server is killed some thirty times: in CI only, since it takes minutes; `npm run test:torture` does it anywhere. */
async function torture(): Promise<Tally> {
  if (!process.env.CI) return { passed: 0, failed: 0 };
  const parameters = ["--conditions=react-server", "--import", "./dev/aliases.ts", "tests/torture/run.ts", "--rounds", "30"];
  const { ok } = await run(parameters[0] ?? "", parameters.slice(1), { onOutput: show });
  return of(ok);
}

async function parsed<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await readFile(file, "utf8").catch(() => "null");
  return schema.safeParse(JSON.parse(text)).data;
}

const tallies = [await checks(), await unitAndContract()];
const built = await build();
tallies.push(built);
if (built.failed === 0) tallies.push(await torture(), await browser());
await rm(reports, { recursive: true, force: true });

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
