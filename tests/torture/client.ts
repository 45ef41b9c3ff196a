/** Somebody who makes, marks and erases over HTTP until the server is gone. */
import "../support/import-from-root.ts";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import type { HttpClient } from "../support/http-client.ts";
import { acknowledge, change, type Truth } from "./truth.ts";

type Visit = { client: HttpClient; origin: string; truth: Truth };

const prompts = ["a lighthouse", "circles, quiet", "neon city", "dunes at dusk", "aurora"];
let promptCount = 0;
const fewest = 10;

/** Makes one picture after the other. */
export async function makeOn(visit: Visit): Promise<void> {
  await untilGone(() => makeOne(visit));
}

/** Makes a picture. */
export async function makeOne({ client, origin, truth }: Visit): Promise<void> {
  const prompt = `${prompts[promptCount % prompts.length]} ${promptCount++}`;
  truth.unanswered.add(prompt);
  const response = await sendJson(client, origin, "POST", "/api/generations", { prompt, width: 832, height: 1216 });
  const item = (await response.json()) as { id: string };
  if (!response.ok) return;
  truth.unanswered.delete(prompt);
  acknowledge(truth, item.id);
}

/** Brings a few small pictures in, again and again. */
export async function bringInOn(visit: Visit): Promise<void> {
  await untilGone(() => bringIn(visit, 3));
}

/** Marks, moves to the trash and back, and erases, one picture at a time and several at once. */
export async function markOn({ client, origin, truth }: Visit): Promise<void> {
  await untilGone(async () => {
    const idle = [...truth.known].filter(([, { erased, busy }]) => erased === "no" && !busy);
    const [id, known] = idle[Math.floor(Math.random() * idle.length)] ?? [];
    if (!id || !known) {
      await pause(20);
      // Nobody would notice here that the server is gone.
      return void (await (await client.request(`${origin}/api/health`)).arrayBuffer());
    }
    const path = `/api/generations/${id}`;
    const send = (body: object) => () => sendJson(client, origin, "PATCH", path, body);
    known.busy = true;
    try {
      const dice = Math.random();
      const isTrashed = known.possible.trashed.size === 1 && known.possible.trashed.has(true);
      // Where making is slow, something is left to be marked.
      if (isTrashed && dice < 0.4 && idle.length > fewest) await erase(path);
      else {
        const title = `title ${Math.floor(Math.random() * 1e6)}`;
        const favorite = Math.random() < 0.5;
        const done =
          dice < 0.4
            ? await change(known, "favorite", favorite, send({ favorite }))
            : dice < 0.75
              ? await change(known, "title", title, send({ title }))
              : await change(known, "trashed", !isTrashed, send({ trashed: !isTrashed }));
        if (done) truth.counts.marked += 1;
      }
    } finally {
      known.busy = false;
    }

    async function erase(address: string) {
      if (known) known.erased = "maybe";
      const response = await sendJson(client, origin, "DELETE", `${address}?permanent=true`);
      await response.arrayBuffer();
      if (!response.ok || !known) return;
      known.erased = "yes";
      truth.counts.erased += 1;
    }
  });
}

/** Brings small pictures in, so that there is something to mark from the beginning. */
export async function bringIn({ client, origin, truth }: Visit, count: number): Promise<void> {
  const { manifestOf } = await import("../support/items.ts");
  const { writeManifest } = await import("../../lib/gallery/manifest.ts");
  const { sha256 } = await import("../../lib/gallery/sealed-json.ts");
  const { writeZip } = await import("../../lib/gallery/zip/writer.ts");
  const { id: owner } = (await (await client.request(`${origin}/api/me`)).json()) as { id: string };
  const prompts = new Map<string, string>();
  const entries = async function* () {
    for (let n = 0; n < count; n += 1) {
      const background = { r: n % 256, g: 90, b: 160 };
      const image = await sharp({ create: { width: 16, height: 12, channels: 3, background } })
        .png()
        .toBuffer();
      const facts = { sha256: sha256(image), bytes: image.length, type: "image/png" as const, width: 16, height: 12 };
      const manifest = manifestOf(owner, { image: facts });
      prompts.set(manifest.id, manifest.prompt);
      truth.unanswered.add(manifest.prompt);
      for (const [ending, bytes] of [
        ["png", image],
        ["json", writeManifest(manifest)],
      ] as const) {
        yield {
          name: `pictures/${manifest.id}.${ending}`,
          size: bytes.length,
          crc32: crc32(bytes),
          modified: new Date(),
          content: [bytes],
        };
      }
    }
  };
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeZip(entries())) chunks.push(chunk);
  const headers = { origin, "content-type": "application/zip" };
  const response = await client.request(`${origin}/api/import`, { method: "POST", body: Buffer.concat(chunks), headers });
  for (const line of (await response.text()).trim().split("\n")) {
    const report = JSON.parse(line) as { type: string; id: string; outcome: string };
    if (report.type !== "picture" || report.outcome !== "imported") continue;
    truth.unanswered.delete(prompts.get(report.id) ?? "");
    acknowledge(truth, report.id);
  }
}

function sendJson(client: HttpClient, origin: string, method: string, path: string, body?: object): Promise<Response> {
  const headers = { origin, "content-type": "application/json" };
  return client.request(origin + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
}

async function untilGone(once: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await once();
    } catch {
      return;
    }
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
