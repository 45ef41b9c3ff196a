/**
 * Storage that hangs: in place of the archive's marker and a picture lie named pipes that nobody writes to, and opening one waits for ever,
 * as a file of a mount does whose service is silent.
 */
import { execFileSync } from "node:child_process";
import { constants } from "node:fs";
import { mkdtemp, open, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startPreview } from "../../dev/preview.ts";
import { makePicture, newUsername } from "../support/pictures.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

const hungForMs = 15_000;
const bearableMs = 500;
const notSaved = "Storage is not taking pictures just now.";

async function hang(file: string): Promise<() => Promise<void>> {
  await rename(file, `${file}.real`);
  execFileSync("mkfifo", [file]);
  return async () => {
    // Whoever opens it from now on finds the real file; whoever waits is let go.
    await rename(file, `${file}.pipe`);
    await rename(`${file}.real`, file);
    for (;;) {
      const writer = await open(`${file}.pipe`, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => null);
      if (!writer) break;
      await writer.close();
      await pause(20);
    }
    await rm(`${file}.pipe`);
  };
}

type Times = Record<string, number[]>;

const medianOf = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

test("while storage hangs, pages, signing in, what was seen and making go on; what was stored is saved once it answers", async ({
  page,
}) => {
  test.setTimeout(300_000);
  const folder = await mkdtemp(path.join(tmpdir(), "keepsake-hung-"));
  const username = newUsername();
  let preview = await startPreview({ folder, onLine: () => {} });
  try {
    const { origin } = preview;
    const client = await signInByHttp(origin, username);
    const { id, imageUrl } = await makePicture(client, origin);
    const seen = () => client.request(`${origin}${imageUrl}?width=640`);
    expect((await seen()).status).toBe(200);

    const asked: Record<string, () => Promise<Response>> = {
      landing: () => fetch(origin),
      "beginning to sign in": () => fetch(`${origin}/login?next=/gallery`, { redirect: "manual" }),
      health: () => fetch(`${origin}/api/health`),
      ready: () => fetch(`${origin}/api/ready`),
      gallery: () => client.request(`${origin}/gallery`),
      list: () => client.request(`${origin}/api/generations`),
      thumbnail: seen,
    };
    const healthy: Times = {};
    const times: Times = {};
    // The whole way, which is half a dozen requests to the app and the provider.
    const signIns: number[] = [];
    const timed = async (into: Times, name: string, ask: () => Promise<Response>) => {
      const started = performance.now();
      const response = await ask();
      await response.arrayBuffer();
      into[name] = [...(into[name] ?? []), performance.now() - started];
      expect(response.status, name).toBeLessThan(400);
    };
    const askAll = async (into: Times) => {
      for (const [name, ask] of Object.entries(asked)) await timed(into, name, ask);
    };
    for (let n = 0; n < 3; n += 1) await askAll(healthy);

    const archive = path.join(folder, "archive");
    const image = (await readdir(archive, { recursive: true })).find((name) => name.endsWith(`${id}.png`)) ?? "";
    const releases = [await hang(path.join(archive, "keepsake.json")), await hang(path.join(archive, image))];
    const lost = client.request(origin + imageUrl);
    const made = client.request(`${origin}/api/generations`, {
      method: "POST",
      body: JSON.stringify({ prompt: "made while storage hangs", width: 832, height: 1216 }),
      headers: { origin, "content-type": "application/json", accept: "text/event-stream" },
    });

    for (const end = Date.now() + hungForMs; Date.now() < end; await pause(750)) {
      await askAll(times);
      if (signIns.length >= 3) continue;
      const started = performance.now();
      await signInByHttp(origin, newUsername());
      signIns.push(performance.now() - started);
    }
    // A machine that is busy with other things answers late at all times.
    const limitOf = (name: string) => Math.max(bearableMs, 2 * medianOf(healthy[name] ?? []));
    for (const [name, took] of Object.entries(times)) expect(medianOf(took), `${name}, median`).toBeLessThan(limitOf(name));
    expect(medianOf(signIns)).toBeLessThan(8 * bearableMs);
    expect((await lost).status).toBe(503);
    const events = await (await made).text();
    expect(events).toContain("event: stored");
    expect(events).not.toMatch(/event: (?:saved|failed)/);
    const unsaved = await (await client.request(`${origin}/api/generations`)).json();
    expect(unsaved.items.map(({ prompt, saved }: { prompt: string; saved: boolean }) => [prompt, saved])).toContainEqual([
      "made while storage hangs",
      false,
    ]);
    expect(await (await fetch(`${origin}/api/ready`)).json()).toMatchObject({ backlog: { problem: "Storage is not answering just now." } });

    // Quietly at first; after a minute in so many words.
    const { createdAt } = unsaved.items.find(({ saved }: { saved: boolean }) => !saved);
    await page.clock.install({ time: createdAt });
    await page.context().addCookies(client.cookies().map(({ name, value }) => ({ name, value, url: origin })));
    await page.goto(`${origin}/gallery`);
    await expect(page.getByText("Saving…")).toHaveCount(1);
    await page.clock.fastForward(61_000);
    await expect(page.getByText("Not saved yet")).toHaveCount(1);
    await expect(page.getByRole("status").filter({ hasText: notSaved })).toBeVisible();
    await page.screenshot({ path: test.info().outputPath("not-saved.png") });

    for (const release of releases) await release();
    await expect.poll(async () => (await (await fetch(`${origin}/api/ready`)).json()).backlog.objects, { timeout: 90_000 }).toBe(0);
    // The page learns of it without being loaded again.
    await expect(page.getByText("Not saved yet")).toHaveCount(0);
    const saved = await (await client.request(`${origin}/api/generations`)).json();
    expect(saved.items).toHaveLength(2);
    expect(saved.items.every((item: { saved: boolean }) => item.saved)).toBe(true);
    expect((await client.request(origin + imageUrl)).status).toBe(200);

    // A process that starts while it hangs shows what the one before knew.
    await hang(path.join(archive, "keepsake.json"));
    preview.server.process.kill("SIGKILL");
    await preview.close();
    preview = await startPreview({ folder, onLine: () => {} });
    const after = await signInByHttp(preview.origin, username);
    const started = performance.now();
    const known = await (await after.request(`${preview.origin}/api/generations`)).json();
    expect(performance.now() - started).toBeLessThan(8 * bearableMs);
    expect(known.items.map(({ id }: { id: string }) => id)).toEqual(saved.items.map(({ id }: { id: string }) => id));
    expect((await after.request(`${preview.origin}${imageUrl}?width=640`)).status).toBe(200);
  } finally {
    await preview.close();
    await rm(folder, { recursive: true, force: true });
  }
});
