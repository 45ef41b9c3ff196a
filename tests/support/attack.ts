/** A production server that signs people in at a scripted provider, and what must be true after every attack on it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test as base, expect } from "@playwright/test";
import { startPreview } from "../../dev/preview.ts";
import { createHttpClient, type HttpClient } from "./http-client.ts";
import { type Script, type ScriptedProvider, startScriptedProvider } from "./scripted-provider.ts";

export { expect };

export const clientId = "attacked-client";
export const clientSecret = "a client secret that is long enough to sign with";
export const callbackPath = "/api/auth/callback/huggingface";

export type Stage = { app: string /** Of the server's process. */; pid: number; provider: ScriptedProvider; lines: string[] };

/** Playwright's `test` without a browser; each worker has a stage of its own. */
export const test = base.extend<object, { stage: Stage }>({
  stage: [
    async ({ browserName: _ }, use) => {
      const folder = await mkdtemp(path.join(tmpdir(), "keepsake-attacks-"));
      const provider = await startScriptedProvider(clientId);
      const lines: string[] = [];
      const environment = { OPENID_PROVIDER_URL: provider.issuer, OAUTH_CLIENT_ID: clientId, OAUTH_CLIENT_SECRET: clientSecret };
      const preview = await startPreview({
        folder,
        environment: { ...environment, OAUTH_SCOPES: "openid profile" },
        onLine: (line) => lines.push(line),
      });
      await use({ app: preview.origin, pid: preview.server.process.pid ?? 0, provider, lines });
      await preview.close();
      provider.close();
      await rm(folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
});

/** A sign-in that was started and has come back from the provider: the browser has not yet opened `callback`. */
export type Returning = { client: HttpClient; callback: string };

/** Starts a sign-in and walks to the provider and back, up to the redirect URI. */
export async function comeBack({ app, provider }: Stage, script: Script = {}, next = "/account"): Promise<Returning> {
  provider.play(script);
  const client = createHttpClient(app);
  const started = await client.request(`${app}/login?next=${encodeURIComponent(next)}`);
  expect(started.status).toBe(303);
  const authorized = await client.request(started.headers.get("location") ?? "");
  return { client, callback: authorized.headers.get("location") ?? "" };
}

/** A whole sign-in. */
export async function signInBy(stage: Stage, script: Script = {}, next?: string) {
  const { client, callback } = await comeBack(stage, script, next);
  return { client, callback, response: await client.request(callback) };
}

/** The sign-in went well: a session and nothing else is left of it. */
export async function expectSignedIn({ app }: Stage, client: HttpClient, response: Response, next = "/account"): Promise<void> {
  expect(response.headers.get("location")).toBe(app + next);
  expect(response.status).toBe(303);
  expect(ours(client)).toEqual(["keepsake-session"]);
  expect((await client.request(`${app}/api/me`)).status).toBe(200);
}

type Refusal = { client: HttpClient; response: Response; status?: number; code?: string; request?: string; keeps?: string[] };

/**
 * What every refused sign-in leaves behind: a page with a way to try again and a right status, no session, no cookie of the
 * sign-in, and one line in the log, which holds no secret.
 */
export async function expectRefused(stage: Stage, { client, response, keeps = [], ...expected }: Refusal): Promise<void> {
  const { status = 502, code = "provider_nonsense", request = `GET ${callbackPath}` } = expected;
  const page = await response.text();
  expect(response.status, page).toBe(status);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(page).toMatch(/<a class="go" href="\/login[^"]*">Try again<\/a>/);
  expect(page).not.toMatch(/<script|node_modules|\bat .*:\d+:\d+/);
  expect(ours(client)).toEqual(keeps);
  expect((await client.request(`${stage.app}/api/me`)).status).toBe(401);
  await expectOneLine(stage, response.headers.get("x-request-id") ?? "", { status, code, request });
}

async function expectOneLine({ lines, provider }: Stage, id: string, expected: Record<string, unknown>): Promise<void> {
  const about = () => lines.filter((line) => line.includes(`"id":"${id}"`));
  await expect.poll(about).toHaveLength(1);
  expect(JSON.parse(about()[0] ?? "")).toMatchObject(expected);
  const written = lines.slice(-100).join("\n");
  for (const secret of [...provider.secrets, clientSecret]) if (secret) expect(written).not.toContain(secret);
}

/** Names of the cookies that this app has set and that are still there. */
export const ours = (client: HttpClient): string[] =>
  client
    .cookies()
    .map(({ name }) => name)
    .filter((name) => name.includes("keepsake-"));
