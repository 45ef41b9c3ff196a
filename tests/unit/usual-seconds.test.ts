import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { keepSecondsIn, noteSeconds, usualSeconds } from "@/lib/generators/elsewhere/usual-seconds";
import { temporaryFolder } from "@/tests/support/temporary-folder";

const restart = () => Reflect.deleteProperty(globalThis, Symbol.for("keepsake.model-seconds"));

beforeEach(restart);

const parsed = (file: string): Record<string, number[]> => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {});

test("how long a model usually takes is the median of its last pictures, also after a restart", async () => {
  const file = path.join(await temporaryFolder(), "cache", "model-seconds.json");
  keepSecondsIn(file);
  noteSeconds("owner/model", 3);
  noteSeconds("owner/model", 90);
  expect(usualSeconds("owner/model")).toBeNull();
  noteSeconds("owner/model", 7.4);
  expect(usualSeconds("owner/model")).toBe(7);
  await expect.poll(() => parsed(file)["owner/model"]).toEqual([3, 90, 7.4]);

  restart();
  expect(usualSeconds("owner/model")).toBeNull();
  keepSecondsIn(file);
  expect(usualSeconds("owner/model")).toBe(7);
});

test("the last twenty of the last two hundred models are kept", async () => {
  const file = path.join(await temporaryFolder(), "model-seconds.json");
  keepSecondsIn(file);
  for (let model = 0; model < 201; model++) for (let made = 0; made < 3; made++) noteSeconds(`owner/${model}`, model + 1);
  for (let made = 0; made < 30; made++) noteSeconds("owner/1", 50);
  expect([usualSeconds("owner/0"), usualSeconds("owner/1"), usualSeconds("owner/200")]).toEqual([null, 50, 201]);
  await expect.poll(() => Object.keys(parsed(file)).length).toBe(200);
  await expect.poll(() => parsed(file)["owner/1"]?.length).toBe(20);
});

test.each(["", "{", '{"owner/model": "soon"}', '{"owner/model": [-1]}'])("a file that is no good is begun anew: %j", async (text) => {
  const file = path.join(await temporaryFolder(), "model-seconds.json");
  writeFileSync(file, text);
  keepSecondsIn(file);
  for (let made = 0; made < 3; made++) noteSeconds("owner/model", 5);
  expect(usualSeconds("owner/model")).toBe(5);
  await expect.poll(() => parsed(file)).toEqual({ "owner/model": [5, 5, 5] });
});
