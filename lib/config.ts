/**
 * Every setting, parsed once from the environment; the only reader of `process.env`.
 * Read on first use, never at import: an image is built without any of them. Empty means absent.
 */
import { hkdfSync } from "node:crypto";
import path from "node:path";
import { z } from "zod";

const origin = z
  .url({ protocol: /^https?$/, error: "must be an address such as https://keepsake.example" })
  .transform((url) => new URL(url).origin);

const role = ["admin", "write", "contributor", "read"] as const;
const organizationPattern = /^([A-Za-z0-9][A-Za-z0-9._-]{0,95})(?::(admin|write|contributor|read))?$/;

/** `acme, 64b1f7e5c0ffee0123456789:admin`: names or ids of organizations, each with the least role that is asked for, or none. */
const organizations = z
  .string()
  .transform((text) => text.split(",").flatMap((item) => (item.trim() ? [organizationPattern.exec(item.trim())] : [])))
  .refine((matches) => matches.every((match) => match !== null), { error: "must be names of organizations such as acme or acme:admin" })
  .transform((matches) =>
    matches.map((match) => ({ organization: match?.[1] ?? "", role: role.find((name) => name === match?.[2]) ?? null })),
  );

/** Stands for a client that has no registration: the document at this path is its registration. */
const selfDescribed = "__CIMD__";
export const clientMetadataPath = "/.well-known/oauth-cimd";

export const callbackPaths = ["/api/auth/callback/huggingface", "/auth/callback", "/login/callback"] as const;

const settingsSchema = z.object({
  OAUTH_CLIENT_ID: z.string().optional(),
  OAUTH_CLIENT_SECRET: z.string().optional(),
  OAUTH_SCOPES: z.string().default("openid profile"),
  OAUTH_CALLBACK_PATH: z.enum(callbackPaths, { error: `must be one of ${callbackPaths.join(", ")}` }).default(callbackPaths[0]),
  OPENID_PROVIDER_URL: z
    .url({ protocol: /^https?$/, error: "must be the address of an OpenID provider" })
    .default("https://huggingface.co"),
  REQUIRED_ORG: organizations.default([]),
  SPACE_ID: z.string().optional(),
  SPACE_HOST: z.string().optional(),
  SPACE_AUTHOR_NAME: z.string().optional(),
  SPACE_CREATOR_USER_ID: z.string().optional(),
  APP_URL: origin.optional(),
  PORT: z.coerce.number({ error: "must be a number" }).int().default(7860),
  AUTH_SECRET: z.string().min(32, { error: "must be at least 32 characters long" }).optional(),
  DATA_DIR: z.string().optional(),
  CACHE_DIR: z.string().optional(),
  GRADIO_SPACE: z
    .string()
    .regex(/^[\w-][\w.-]*\/[\w-][\w.-]*$/, { error: "must be the name of a Space such as owner/name" })
    .optional(),
  GRADIO_ENDPOINT: z
    .string()
    .regex(/^\/?[\w-]+$/, { error: "must be the name of an endpoint such as /predict" })
    .transform((name) => (name.startsWith("/") ? name : `/${name}`))
    .default("/predict"),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: "must be the address of an S3 service" }).optional(),
  S3_REGION: z.string().default("us-east-1"),
  S3_BUCKET: z.string().optional(),
  S3_PREFIX: z
    .string()
    .regex(/^\/?(?:[A-Za-z0-9][A-Za-z0-9._-]*\/?)*$/, { error: "must be a folder name" })
    .default(""),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
});

export type Config = Readonly<{
  /** Null when sign-in is not set up; `missingForSignIn` then names the variables. */
  oauth: Readonly<{
    clientId: string;
    /** Null for a public client, which proves itself by PKCE alone. */
    clientSecret: string | null;
    scopes: string;
    issuer: string;
    callbackPath: string;
    sessionSecret: string;
  }> | null;
  missingForSignIn: readonly string[];
  /** True when the app describes itself to the provider at `clientMetadataPath`, instead of being registered there. */
  selfDescribed: boolean;
  /** Membership in one of these is asked for; empty: anyone may sign in. */
  requiredOrganizations: readonly Readonly<{ organization: string; role: (typeof role)[number] | null }>[];
  /** The canonical origin: where sign-in happens and what links point to. */
  origin: string;
  /** Every origin that this app is served from; state changes are accepted from these only. */
  origins: readonly string[];
  /** `owner/name` of the Space that it runs on; null elsewhere. */
  spaceName: string | null;
  /** Who may see the status page: the person of this id, and administrators of the organization of this name. */
  ownerId: string | null;
  ownerName: string | null;
  /** True under `next dev`. */
  development: boolean;
  dataDir: string;
  cacheDir: string;
  /** The Space that makes pictures, and the endpoint that does; null without one. */
  gradioSpace: Readonly<{ name: string; endpoint: string }> | null;
  /** The bucket that holds the archive instead of `dataDir`; null without one. `missing` names what it lacks to be used. */
  s3: Readonly<{
    /** Null means AWS in that region. */
    endpoint: string | null;
    region: string;
    bucket: string;
    /** Either empty or ending in `/`. */
    prefix: string;
    accessKeyId: string;
    secretAccessKey: string;
    missing: readonly string[];
  }> | null;
}>;

/**
 * Settings as the app uses them, from an environment. Pure, apart from resolving folders against the working directory.
 * @throws Error that names each setting that cannot be used, without its value
 */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = settingsSchema.safeParse(present);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
    throw new Error(`Keepsake cannot start with these settings: ${problems.join("; ")}.`);
  }
  const settings = parsed.data;
  const onSpace = settings.SPACE_ID !== undefined;
  const spaceOrigins = (settings.SPACE_HOST ?? "").split(",").flatMap((host) => (host.trim() ? [`https://${host.trim()}`] : []));
  const canonical = settings.APP_URL ?? spaceOrigins[0] ?? `http://localhost:${settings.PORT}`;
  const folder = (given: string | undefined, onASpace: string, elsewhere: string) =>
    path.resolve(/* turbopackIgnore: true */ process.cwd(), given ?? (onSpace ? onASpace : elsewhere));
  return {
    oauth: parseOAuth(settings, canonical),
    missingForSignIn: missingForSignIn(settings),
    selfDescribed: settings.OAUTH_CLIENT_ID === selfDescribed,
    requiredOrganizations: settings.REQUIRED_ORG,
    origin: canonical,
    origins: [...new Set([canonical, ...spaceOrigins])],
    spaceName: settings.SPACE_ID ?? null,
    ownerId: settings.SPACE_CREATOR_USER_ID ?? null,
    ownerName: settings.SPACE_AUTHOR_NAME ?? null,
    development: environment.NODE_ENV === "development",
    dataDir: folder(settings.DATA_DIR, "/data", ".data/archive"),
    cacheDir: folder(settings.CACHE_DIR, "/tmp/keepsake", ".data/cache"),
    gradioSpace: settings.GRADIO_SPACE === undefined ? null : { name: settings.GRADIO_SPACE, endpoint: settings.GRADIO_ENDPOINT },
    s3: parseS3(settings),
  };
}

function parseS3(settings: z.output<typeof settingsSchema>): Config["s3"] {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId = "", S3_SECRET_ACCESS_KEY: secretAccessKey = "" } = settings;
  if (bucket === undefined) return null;
  return {
    endpoint: settings.S3_ENDPOINT ?? null,
    region: settings.S3_REGION,
    bucket,
    prefix: settings.S3_PREFIX.replace(/^\//, "").replace(/([^/])$/, "$1/"),
    accessKeyId,
    secretAccessKey,
    missing: (["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const).filter((name) => settings[name] === undefined),
  };
}

function missingForSignIn(settings: z.output<typeof settingsSchema>): string[] {
  // A public client has no secret that a key could be derived from.
  const needed =
    settings.OAUTH_CLIENT_ID === selfDescribed ? (["AUTH_SECRET"] as const) : (["OAUTH_CLIENT_ID", "OAUTH_CLIENT_SECRET"] as const);
  return needed.filter((name) => settings[name] === undefined);
}

function parseOAuth(settings: z.output<typeof settingsSchema>, canonical: string): Config["oauth"] {
  const isPublic = settings.OAUTH_CLIENT_ID === selfDescribed;
  const clientId = isPublic ? canonical + clientMetadataPath : settings.OAUTH_CLIENT_ID;
  const clientSecret = isPublic ? null : settings.OAUTH_CLIENT_SECRET;
  const sessionSecret = settings.AUTH_SECRET ?? (clientSecret && derivedSecret(clientSecret));
  if (clientId === undefined || clientSecret === undefined || !sessionSecret) return null;
  return {
    clientId,
    clientSecret,
    scopes: settings.OAUTH_SCOPES,
    issuer: settings.OPENID_PROVIDER_URL.replace(/\/$/, ""),
    callbackPath: settings.OAUTH_CALLBACK_PATH,
    sessionSecret,
  };
}

/** A duplicated Space gets a client secret of its own and nothing else: sessions are sealed with a key derived from it (RFC 5869). */
function derivedSecret(clientSecret: string): string {
  return Buffer.from(hkdfSync("sha256", clientSecret, "", "keepsake session v1", 32)).toString("base64url");
}

let parsedOnce: Config | undefined;

/** The settings of this process. @throws Error as `parseConfig` does */
export function config(): Config {
  if (!parsedOnce) {
    parsedOnce = parseConfig(process.env);
    // next-auth takes the public origin from this variable alone; behind a proxy it would otherwise trust request headers.
    process.env.AUTH_URL = parsedOnce.origin;
  }
  return parsedOnce;
}
