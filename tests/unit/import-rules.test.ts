import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { tools } from "../support/command.ts";

type Import = [file: string, specifier: string];

const forbidden: Import[] = [
  ["lib/gallery/gallery.ts", "@/components/button"],
  ["lib/gallery/gallery.ts", "@/lib/auth/session"],
  ["lib/auth/session.ts", "@/app/layout"],
  ["lib/auth/session.ts", "@/lib/storage/volume"],
  ["lib/auth/huggingface.ts", "@/lib/config"],
  ["lib/auth/transport.ts", "./session"],
  ["lib/gallery/catalog.ts", "@/lib/storage/volume"],
  ["lib/gallery/generation.ts", "@/lib/config"],
  ["lib/storage/volume.ts", "@/lib/storage/s3"],
  ["lib/storage/volume.ts", "./s3"],
  ["lib/storage/s3.ts", "@/lib/storage/volume"],
  ["lib/storage/s3/client.ts", "@/lib/config"],
  ["lib/storage/volume.ts", "@/lib/auth/session"],
  ["lib/generators/inference-providers.ts", "@/lib/generators/embedded/engine"],
  ["lib/generators/embedded/worker.ts", "@/lib/gallery/gallery"],
  ["lib/generators/gradio-space.ts", "@/lib/generators/inference-providers"],
  ["lib/generators/elsewhere/download.ts", "@/lib/generators/inference-providers"],
  ["lib/http/errors.ts", "@/lib/config"],
  ["lib/config.ts", "@/lib/site"],
  ["components/button.tsx", "@/lib/gallery/gallery"],
  ["components/button.tsx", "@/lib/config"],
  ["components/button.tsx", "../lib/config"],
  ["app/page.tsx", "@/lib/storage/volume"],
  ["app/page.tsx", "@/lib/config"],
  ["app/page.tsx", "@/dev/identity-provider"],
  ["app/page.tsx", "@/tests/support/test"],
  ["dev/dev.ts", "../tests/support/http-client.ts"],
  ["dev/dev.ts", "../lib/config.ts"],
  ["tests/e2e/gallery.spec.ts", "@/lib/gallery/gallery"],
];

const allowed: Import[] = [
  ["app/page.tsx", "@/lib/gallery/gallery"],
  ["app/api/generations/route.ts", "@/lib/http/route"],
  ["components/button.tsx", "@/lib/gallery/generation"],
  ["lib/gallery/archive.ts", "@/lib/storage/object-store"],
  ["lib/gallery/gallery.ts", "@/lib/generators"],
  ["lib/storage/volume.ts", "@/lib/storage/object-store"],
  ["lib/generators/index.ts", "@/lib/generators/embedded/engine"],
  ["lib/generators/inference-providers.ts", "@/lib/http/errors"],
  ["lib/generators/gradio-space.ts", "@/lib/generators/elsewhere/download"],
  ["dev/wall.ts", "../lib/generators/embedded/render.ts"],
];

/** The imports that the linter refuses, as `file specifier`. */
const refused = new Set<string>();

// A house of its own with the project's rules: one file for each importer, one line for each import, linted once.
beforeAll(() => {
  const house = mkdtempSync(path.join(tmpdir(), "keepsake-test-"));
  copyFileSync("biome.json", path.join(house, "biome.json"));
  const files = Map.groupBy([...forbidden, ...allowed], ([file]) => file);
  for (const [file, imports] of files) {
    mkdirSync(path.dirname(path.join(house, file)), { recursive: true });
    writeFileSync(path.join(house, file), imports.map(([, specifier]) => `import "${specifier}";\n`).join(""));
  }
  const parameters = [
    "lint",
    "--only=style/noRestrictedImports",
    "--vcs-enabled=false",
    "--reporter=github",
    "--max-diagnostics=none",
    ".",
  ];
  const { stdout } = spawnSync(process.execPath, [path.resolve(tools.biome), ...parameters], { cwd: house, encoding: "utf8" });
  rmSync(house, { recursive: true });
  for (const [, reported = "", line] of stdout.matchAll(/^::error title=lint\/style\/noRestrictedImports,file=([^,]+),line=(\d+)/gm)) {
    const file = path.isAbsolute(reported) ? path.relative(house, reported) : reported;
    refused.add(`${file} ${files.get(file)?.[Number(line) - 1]?.[1]}`);
  }
});

test.each(forbidden)("%s may not import %s", (file, specifier) => {
  expect(refused).toContain(`${file} ${specifier}`);
});

test.each(allowed)("%s may import %s", (file, specifier) => {
  expect(refused).not.toContain(`${file} ${specifier}`);
});
