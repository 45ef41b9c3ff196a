import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";

const components = path.join(import.meta.dirname, "..", "..", "components");
const withSchemas = /^import (?!type )[^;]*from "@\/lib\/gallery\/(?:requests|collection|share)";/m;

test("no component takes a schema along: zod would be in every page, and tries to evaluate code, which the policy forbids", async () => {
  const names = (await readdir(components, { recursive: true })).filter((name) => /\.tsx?$/.test(name));
  expect(names.length).toBeGreaterThan(100);
  const taking: string[] = [];
  for (const name of names) if (withSchemas.test(await readFile(path.join(components, name), "utf8"))) taking.push(name);
  expect(taking).toEqual([]);
  expect('import { marksSchema } from "@/lib/gallery/requests";').toMatch(withSchemas);
});
