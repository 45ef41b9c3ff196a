import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startPreview } from "../../dev/preview.ts";
import { callbackPath, expect, test } from "../support/attack.ts";
import { createHttpClient } from "../support/http-client.ts";
import { makePicture } from "../support/pictures.ts";
import { startScriptedProvider } from "../support/scripted-provider.ts";

const canary = (name: string) => `canary-${name}-${randomBytes(12).toString("hex")}`;

/** Every file below a folder, as text and as path. */
async function contents(folder: string): Promise<{ file: string; text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(file, "latin1") })));
}

test("no secret is written anywhere: not to the log, not to DATA_DIR, not to CACHE_DIR", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "keepsake-canary-"));
  const clientId = "canary-client";
  const settings = { OAUTH_CLIENT_SECRET: canary("client-secret"), AUTH_SECRET: canary("auth-secret") };
  const [prompt, title, accessToken] = [canary("prompt"), canary("title"), `hf_oauth_${canary("access-token")}`];
  // What a private Space puts into the address of its frame.
  const pass = canary("private-space");
  const provider = await startScriptedProvider(clientId);
  const lines: string[] = [];
  const environment = { ...settings, OPENID_PROVIDER_URL: provider.issuer, OAUTH_CLIENT_ID: clientId };
  const preview = await startPreview({ folder, environment, onLine: (line) => lines.push(line) });
  const app = preview.origin;
  const cookies = new Set<string>();
  const secrets = () => [...Object.values(settings), accessToken, pass, ...provider.secrets, ...cookies].filter(Boolean);

  // One that goes well, with everything that a person does.
  provider.play({ tokens: { access_token: accessToken } });
  const client = createHttpClient(app);
  const remember = () => {
    for (const { value } of client.cookies()) cookies.add(value);
  };
  const authorization =
    (await client.request(`${app}/login?next=%2Faccount%3F__sign%3D${pass}&__sign=${pass}`)).headers.get("location") ?? "";
  remember();
  const callback = (await client.request(authorization)).headers.get("location") ?? "";
  await client.request(callback);
  remember();
  const { id } = await makePicture(client, app, { prompt });
  const json = { origin: app, "content-type": "application/json" };
  await client.request(`${app}/api/generations/${id}`, { method: "PATCH", headers: json, body: JSON.stringify({ title }) });
  const shared = await client.request(`${app}/api/shares`, { method: "POST", headers: json, body: JSON.stringify({ picture: id }) });
  const { path: link } = (await shared.json()) as { path: string };
  const share = link.slice("/s/".length);
  // In another spelling it opens the same.
  const encoded = Buffer.from(share).toString("hex").replace(/../g, "%$&");
  for (const spelling of [share, encoded]) expect((await client.request(`${app}/s/${spelling}`)).status).toBe(200);
  await client.request(`${app}/s/${encoded}/nothing/image`);
  const streamed = { ...json, accept: "text/event-stream" };
  await (await client.request(`${app}/api/generations`, { method: "POST", headers: streamed, body: JSON.stringify({ prompt }) })).text();
  for (const place of [`/?__sign=${pass}`, `/gallery?__sign=${pass}`, `/embedded?next=/gallery&__sign=${pass}`])
    await client.request(app + place);
  for (const place of ["/", "/account", "/gallery", `/gallery/${id}`, "/api/me", "/api/generations"]) await client.request(app + place);

  // And what goes wrong: an answer of each endpoint that holds the secret, and requests that hold one.
  const echo = (status: number) => (_: unknown, response: import("node:http").ServerResponse) =>
    void response
      .writeHead(status, { "content-type": "application/json" })
      .end(JSON.stringify({ error: accessToken, error_description: accessToken }));
  for (const script of [{ token: echo(400) }, { token: echo(500) }, { userinfo: echo(401) }, { jwks: echo(200), header: { kid: "new" } }]) {
    provider.play({ ...script, tokens: { access_token: accessToken } });
    const other = createHttpClient(app);
    await other.visit(`${app}/login`).catch(() => undefined);
    for (const { value } of other.cookies()) cookies.add(value);
  }
  await client.request(`${app}${callbackPath}?code=${accessToken}&state=${accessToken}&error_description=${accessToken}`);
  await client.request(`${app}/api/generations?cursor=${accessToken}`);
  await client.request(`${app}/api/generations/${accessToken}`);
  await client.request(`${app}/api/generations`, { method: "POST", headers: json, body: JSON.stringify({ prompt, owner: accessToken }) });
  await client.request(`${app}/api/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  await client.request(`${app}/nowhere?token=${accessToken}`);
  await client.request(`${app}/logout`, { method: "POST", headers: { origin: app } });
  await preview.close();
  provider.close();

  const written = lines.join("\n");
  expect(lines.filter((line) => line.startsWith("{")).length).toBeGreaterThan(15);
  for (const secret of [...secrets(), share, encoded, prompt, title, id, "scripted-person"]) expect(written).not.toContain(secret);
  const kept = [...(await contents(path.join(folder, "archive"))), ...(await contents(path.join(folder, "cache")))];
  // The search does find what is there.
  expect(kept.some(({ text }) => text.includes(prompt))).toBe(true);
  for (const { file, text } of kept) {
    const found = secrets().filter((secret) => text.includes(secret) || file.includes(secret));
    expect(found, file).toEqual([]);
  }
  await rm(folder, { recursive: true });
});
