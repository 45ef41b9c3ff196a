/** Finds a Chromium for the browser tests, or installs one. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "@playwright/test";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** As root Chromium has no sandbox; the rest keeps it from talking to anyone but the server under test. */
export const chromiumFlags = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/** The path of a Chromium: `CHROMIUM_PATH`, else the system's, else Playwright's own; undefined when there is none. */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const candidates = [
    process.env.CHROMIUM_PATH,
    ...folders.flatMap((folder) => names.map((name) => path.join(folder, name))),
    playwrightsOwn(),
  ];
  return candidates.find((candidate) => candidate && isExecutable(candidate));
}

/**
 * Finds one, or installs Playwright's own, or on Debian as root the system's.
 * @throws Error with one sentence that says what to do when none of it works
 */
export function ensureChromium(): string {
  if (process.env.CHROMIUM_PATH && !isExecutable(process.env.CHROMIUM_PATH)) {
    throw new Error(`CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, where no program is: correct it, or unset it.`);
  }
  return findChromium() ?? installPlaywrights() ?? installDebians() ?? giveUp();
}

function installPlaywrights(): string | undefined {
  console.log("No Chromium here yet: installing Playwright's own.");
  const cli = path.join(path.dirname(createRequire(import.meta.url).resolve("@playwright/test/package.json")), "cli.js");
  const env = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000", ...process.env };
  spawnSync(process.execPath, [cli, "install", "--with-deps", "chromium"], { env, stdio: "ignore", timeout: 300_000 });
  return findChromium();
}

function installDebians(): string | undefined {
  const isDebian = existsSync("/etc/os-release") && /^ID(?:_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"));
  if (!isDebian || process.getuid?.() !== 0) return undefined;
  console.log("It could not be downloaded: installing Debian's.");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { env, stdio: "ignore" });
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-color-emoji"], { env, stdio: "ignore" });
  return findChromium();
}

function giveUp(): never {
  throw new Error("The browser tests need Chromium: install it, or set CHROMIUM_PATH to the program.");
}

function playwrightsOwn(): string | undefined {
  try {
    return chromium.executablePath();
  } catch {
    // Playwright has no Chromium for this system.
    return undefined;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
