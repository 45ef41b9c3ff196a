import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { openDatabase } from "@/lib/gallery/catalog/database";
import { temporaryFolder } from "@/tests/support/temporary-folder";

const program = `
  const { openDatabase } = await import("@/lib/gallery/catalog/database");
  const database = openDatabase(process.argv[1]);
  database.prepare("INSERT INTO erased VALUES (?)").run(String(process.pid));
`;

it("is begun once by processes that open a folder for the first time together: none loses what it wrote", async () => {
  const folder = await temporaryFolder();
  const aliases = path.resolve("dev/aliases.ts");
  const one = () =>
    promisify(execFile)(process.execPath, ["--import", aliases, "--input-type=module", "--eval", program, folder], { cwd: process.cwd() });
  await Promise.all([one(), one(), one(), one()]);
  const database = openDatabase(folder);
  expect(database.prepare("SELECT count(*) AS count FROM erased").get()).toEqual({ count: 4 });
  database.close();
});
