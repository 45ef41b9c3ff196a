/** The identity provider as `npm run dev`, `npm run preview` and the tests use it, with the settings that lead an app to it. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Person, readyPeople } from "./identity-provider/people.ts";
import { yourself } from "./identity-provider/yourself.ts";
import { startIdentityProvider } from "./identity-provider.ts";

export type LocalHub = {
  issuer: string;
  /** Whom to sign in as: one line for the terminal. */
  welcome: string;
  /** The `sub` of the first of them, who owns what they sign in to in development. */
  owner: string;
  /** The variables that a Space would be given. */
  environment: { OAUTH_CLIENT_ID: string; OAUTH_CLIENT_SECRET: string; OAUTH_SCOPES: string; OPENID_PROVIDER_URL: string };
  close(): Promise<void>;
};

const clientId = "keepsake-dev";
const scopes = ["openid", "profile", "inference-api"];

/** Starts a provider for one app. `folder` keeps the client's secret, so that sessions outlive a restart; `port` 0 takes a free one. */
export async function startLocalHub(app: { origins: readonly string[]; folder: string; port?: number }): Promise<LocalHub> {
  const secret = await keptSecret(path.join(app.folder, "dev-secret"));
  const people = [...readyPeople, ...(await you())];
  const { issuer, close } = await startIdentityProvider({
    clients: [{ id: clientId, secret, name: "Keepsake", origins: app.origins, scopes }],
    people,
    ...(app.port !== undefined && { port: app.port }),
  });
  const environment = {
    OAUTH_CLIENT_ID: clientId,
    OAUTH_CLIENT_SECRET: secret,
    OAUTH_SCOPES: scopes.join(" "),
    OPENID_PROVIDER_URL: issuer,
  };
  const names = people.map(({ username, isPro }) => (isPro ? `${username} (PRO)` : username)).join(", ");
  const [{ sub: owner }] = readyPeople;
  return { issuer, owner, welcome: `Sign in as ${names}, or anyone you name; there are no passwords.`, environment, close };
}

async function keptSecret(file: string): Promise<string> {
  const kept = await readFile(file, "utf8").catch(() => "");
  if (kept.length >= 32) return kept;
  const secret = randomBytes(32).toString("base64url");
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, secret, { mode: 0o600 });
  return secret;
}

async function you(): Promise<Person[]> {
  const token = process.env.HF_TOKEN;
  if (!token) return [];
  try {
    return [await yourself(token)];
  } catch (error) {
    console.error(`HF_TOKEN is set, but you are not among the people to sign in as: ${(error as Error).message}`);
    return [];
  }
}
