import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const read = (file: string) => readFileSync(file, "utf8");
const readme = read("README.md");
const matches = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""))].sort();

test("every npm script that the README names exists, and every script is named", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const named = [...matches(readme, /npm run ([a-z][\w:-]*)/g), ...matches(readme, /npm (start|test)\b/g)].sort();
  expect(named).toEqual(Object.keys(scripts).sort());
});

test("the README's table of settings and the settings that are read are the same", () => {
  const documented = matches(readme, /^\| *`([A-Z][A-Z0-9_]+)` *\|/gm);
  const known = matches(read("lib/config.ts"), /^ {2}([A-Z][A-Z0-9_]+):/gm);
  expect(known.length).toBeGreaterThan(5);
  expect(documented).toEqual(known);
});

test("every file that the README points to exists", () => {
  const files = matches(readme, /\]\((?!https?:)([^)#]+)/g);
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) expect(() => read(file), file).not.toThrow(/ENOENT/);
});

test("every file that a guide or a decision points to exists", () => {
  const guides = globSync("docs/**/*.md");
  expect(guides.length).toBeGreaterThan(10);
  for (const guide of guides)
    for (const file of matches(read(guide), /\]\((?!https?:)([^)#]+)/g))
      expect(existsSync(path.join(path.dirname(guide), file)), `${guide}: ${file}`).toBe(true);
});

test("the Space's metadata fits the code", () => {
  const metadata = readme.match(/^---\n([\s\S]*?)\n---\n/)?.[1] ?? "";
  const port = metadata.match(/^app_port: (\d+)$/m)?.[1];
  expect(read("Dockerfile")).toContain(`PORT=${port}`);
  expect(read("Dockerfile")).toContain(`EXPOSE ${port}`);
  expect(read("lib/config.ts")).toContain(`"${metadata.match(/^hf_oauth_redirect_path: (\S+)$/m)?.[1]}"`);
});
