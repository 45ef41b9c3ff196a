/** Storage that hangs. How long answers take meanwhile is measured by `npm run bench`. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startPreview } from "../../dev/preview.ts";
import { bringSession } from "../support/bring-session.ts";
import { hang, hangArchive } from "../support/hang.ts";
import { makePicture, newUsername } from "../support/pictures.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { expect, test } from "../support/test.ts";

const hungForMs = 15_000;
const notSaved = "Storage is not taking pictures just now.";

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
    const askAll = async () => {
      for (const [name, ask] of Object.entries(asked)) expect((await ask()).status, name).toBeLessThan(400);
    };
    await askAll();

    const archive = path.join(folder, "archive");
    const release = await hangArchive(archive, id);
    let isGivenUp = false;
    const lost = client.request(origin + imageUrl).finally(() => {
      isGivenUp = true;
    });
    const made = client.request(`${origin}/api/generations`, {
      method: "POST",
      body: JSON.stringify({ prompt: "made while storage hangs", width: 832, height: 1216 }),
      headers: { origin, "content-type": "application/json", accept: "text/event-stream" },
    });

    const end = Date.now() + hungForMs;
    await askAll();
    // None of all this has waited for storage: what does is still waiting.
    expect(isGivenUp).toBe(false);
    for (; Date.now() < end; await pause(750)) {
      await askAll();
      await signInByHttp(origin, newUsername());
    }
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
    await bringSession(page, client, origin);
    await page.goto(`${origin}/gallery`);
    await expect(page.getByText("Saving…")).toHaveCount(1);
    await page.clock.fastForward(61_000);
    await expect(page.getByText("Not saved yet")).toHaveCount(1);
    await expect(page.getByRole("status").filter({ hasText: notSaved })).toBeVisible();
    await page.screenshot({ path: test.info().outputPath("not-saved.png") });

    await release();
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
    const known = await (await after.request(`${preview.origin}/api/generations`)).json();
    expect(known.items.map(({ id }: { id: string }) => id)).toEqual(saved.items.map(({ id }: { id: string }) => id));
    expect((await after.request(`${preview.origin}${imageUrl}?width=640`)).status).toBe(200);
  } finally {
    await preview.close();
    await rm(folder, { recursive: true, force: true });
  }
});
