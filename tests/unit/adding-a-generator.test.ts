import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { beforeEach, expect, test, vi } from "vitest";
import { getGeneration, makeGeneration, readImage } from "@/lib/gallery/gallery";
import { generationRequestSchema } from "@/lib/gallery/requests";
import type { Generator } from "@/lib/generators/generator";
import { generateWith, generatorFor, install } from "@/tests/support/installation";
import { temporaryFolder } from "@/tests/support/temporary-folder";

vi.mock("@/lib/config", async () => ({ config: (await import("@/tests/support/installation")).config }));
vi.mock("@/lib/generators", () => import("@/tests/support/installation"));

beforeEach(install);

type Table = { generatorFor: (id?: string) => Generator; engineName: (id: string) => string; listGenerators: () => { id: string }[] };

/** The table as it is after one has done what the guide says, in a folder of its own. */
async function tableByTheGuide(): Promise<Table> {
  const guide = await readFile("docs/adding-a-generator.md", "utf8");
  const block = (language: string) => guide.match(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``))?.[1] ?? "";
  const [importLine = "", entry = ""] = [...block("diff").matchAll(/^\+(.*)$/gm)].map(([, line = ""]) => line);
  const file = guide.match(/`(lib\/generators\/[\w-]+\.ts)`, whole/)?.[1] ?? "";
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
  await writeFile(path.join(folder, file), block("ts"));
  const before = await readFile("lib/generators/index.ts", "utf8");
  const after = before
    .replace("import { embedded }", `${importLine.replace('"@/', `"${folder}/`)}\nimport { embedded }`)
    .replace(/(const table: readonly Generator\[\] = \[[^\]]*)\]/, `$1${entry}\n]`);
  const index = path.join(folder, "lib/generators/index.ts");
  await writeFile(index, after);
  return import(/* @vite-ignore */ index) as Promise<Table>;
}

test("the generator of the guide is in the table, makes a picture, and the gallery keeps it under its name", async () => {
  const table = await tableByTheGuide();
  expect(table.listGenerators().at(-1)).toEqual({
    id: "plain-colour",
    label: "Plain colour",
    note: "One colour, chosen by the seed",
    ...{ unavailable: null, scope: null, hasModels: false },
  });
  expect(table.engineName("plain-colour")).toBe("Plain colour");

  generateWith(table.generatorFor("plain-colour").generate);
  const request = generationRequestSchema.parse({
    prompt: "anything",
    generator: "plain-colour",
    seed: 0x00_20_40_80,
    width: 832,
    height: 1216,
  });
  expect(generatorFor(request.generator).id).toBe("plain-colour");
  const progress: unknown[] = [];
  const made = await makeGeneration("ada", request, { signal: AbortSignal.timeout(10_000), onProgress: (event) => progress.push(event) });
  expect(progress).toHaveLength(2);
  expect(made).toMatchObject({ generator: "plain-colour", width: 832, height: 1216, seed: 0x00_20_40_80 });
  const { bytes } = await readImage("ada", made.id, { thumbnail: false });
  const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  expect([...data.subarray(0, 3)]).toEqual([0x80, 0x40, 0x20]);
  expect((await getGeneration("ada", made.id)).parameters).toEqual({ background: '{"r":128,"g":64,"b":32}' });
});

test("the example of the guide is at most twenty lines", async () => {
  const guide = await readFile("docs/adding-a-generator.md", "utf8");
  const lines = guide.match(/```ts\n([\s\S]*?)\n```/)?.[1]?.split("\n") ?? [];
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.length).toBeLessThanOrEqual(20);
});
