/**
 * An OpenID provider that does what a test tells it to, down to the bytes: every endpoint can be replaced, every token bent.
 * Without a script it is a correct one, and the browser is sent straight back with a code.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

export type Endpoint = "discovery" | "authorize" | "token" | "jwks" | "userinfo";
export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => unknown;
type Claims = Record<string, unknown>;
type Key = { kid: string; privateKey: CryptoKey; publicKey: CryptoKey };

/** What the provider does otherwise than a correct one; the rest of it stays as it is. */
export type Script = Partial<Record<Endpoint, Answer>> & {
  /** Fields of the discovery document; undefined takes one away. */
  metadata?: Claims;
  /** Parameters of the authorization response; null takes one away, a list repeats it. */
  response?: Record<string, string | string[] | null>;
  /** Claims of the ID token; undefined takes one away. */
  claims?: Claims;
  /** Header of the ID token. */
  header?: Claims;
  /** Signs the ID token instead of the published key. */
  signWith?: Key["privateKey"] | Uint8Array;
  /** Replaces the ID token after it was signed; undefined leaves it out. */
  idToken?: (signed: string) => unknown;
  /** Fields of the token response. */
  tokens?: Claims;
  /** Fields of userinfo. */
  person?: Claims;
};

export type ScriptedProvider = {
  issuer: string;
  /** Begins a test: a new script, and nothing asked yet. */
  play(script?: Script): void;
  /** What was asked since, as `METHOD /path`. */
  asked: string[];
  /** Bodies that reached the token endpoint. */
  redeemed: URLSearchParams[];
  /** How the client proved itself there, the last time. */
  credentials: string | undefined;
  /** Secrets that it ever handed out or received: none of them may be written anywhere. */
  secrets: Set<string>;
  keys: Key[];
  close(): void;
};

export const newKey = async (kid: string): Promise<Key> => ({ kid, ...(await generateKeyPair("RS256", { extractable: true })) });

export const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));

export async function startScriptedProvider(clientId: string): Promise<ScriptedProvider> {
  let script: Script = {};
  let serial = 0;
  const nonces = new Map<string, string>();
  const now = () => Math.floor(Date.now() / 1000);
  const secret = (text: string) => {
    provider.secrets.add(text);
    return text;
  };

  const idToken = async (code: string): Promise<unknown> => {
    const { issuer, keys } = provider;
    const nonce = nonces.get(code);
    const claims = { iss: issuer, aud: clientId, sub: "scripted-person", iat: now(), exp: now() + 3600, nonce, ...script.claims };
    const key = script.signWith ?? keys[0]?.privateKey;
    if (!key) throw new Error("the scripted provider has no key");
    const signed = await new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: keys[0]?.kid ?? "", ...script.header }).sign(key);
    return script.idToken ? script.idToken(secret(signed)) : secret(signed);
  };

  const correct: Record<Endpoint, Answer> = {
    discovery: (...args) =>
      json({
        issuer: provider.issuer,
        authorization_endpoint: `${provider.issuer}/oauth/authorize`,
        token_endpoint: `${provider.issuer}/oauth/token`,
        userinfo_endpoint: `${provider.issuer}/oauth/userinfo`,
        jwks_uri: `${provider.issuer}/oauth/jwks`,
        response_types_supported: ["code"],
        id_token_signing_alg_values_supported: ["RS256"],
        code_challenge_methods_supported: ["S256"],
        authorization_response_iss_parameter_supported: true,
        ...script.metadata,
      })(...args),
    authorize: (request, response) => {
      const asked = new URL(request.url ?? "", provider.issuer).searchParams;
      const code = secret(`code-${serial++}-${crypto.randomUUID()}`);
      nonces.set(code, secret(asked.get("nonce") ?? ""));
      const back = new URL(asked.get("redirect_uri") ?? "");
      for (const [name, value] of Object.entries({
        code,
        state: secret(asked.get("state") ?? ""),
        iss: provider.issuer,
        ...script.response,
      })) {
        for (const one of [value ?? []].flat()) back.searchParams.append(name, one);
      }
      response.writeHead(302, { location: back.href }).end();
    },
    token: async (request, response, body) => {
      const code = new URLSearchParams(body).get("code") ?? "";
      const answer = {
        access_token: secret(`hf_oauth_${crypto.randomUUID()}`),
        token_type: "bearer",
        expires_in: 3600,
        scope: "openid profile",
      };
      json({ ...answer, id_token: await idToken(code), ...script.tokens })(request, response, body);
    },
    jwks: async (request, response, body) => {
      const published = provider.keys.map(async ({ kid, publicKey }) => ({
        ...(await exportJWK(publicKey)),
        kid,
        alg: "RS256",
        use: "sig",
      }));
      json({ keys: await Promise.all(published) })(request, response, body);
    },
    userinfo: (...args) =>
      json({ sub: "scripted-person", preferred_username: "scripted", name: "Scripted Person", isPro: false, orgs: [], ...script.person })(
        ...args,
      ),
  };
  const endpoints: Record<string, Endpoint> = {
    "/.well-known/openid-configuration": "discovery",
    "/oauth/authorize": "authorize",
    "/oauth/token": "token",
    "/oauth/jwks": "jwks",
    "/oauth/userinfo": "userinfo",
  };

  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "", provider.issuer).pathname;
    let body = "";
    for await (const chunk of request) body += chunk;
    provider.asked.push(`${request.method} ${path}`);
    const endpoint = endpoints[path];
    if (endpoint === "token") {
      const form = new URLSearchParams(body);
      provider.redeemed.push(form);
      provider.credentials = request.headers.authorization;
      secret(form.get("code_verifier") ?? "");
    }
    if (endpoint) await (script[endpoint] ?? correct[endpoint])(request, response, body);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const provider: ScriptedProvider = {
    issuer: `http://localhost:${(server.address() as AddressInfo).port}`,
    play(next = {}) {
      script = next;
      provider.asked.length = 0;
      provider.redeemed.length = 0;
    },
    asked: [],
    redeemed: [],
    credentials: undefined,
    secrets: new Set(),
    keys: [await newKey("first")],
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return provider;
}
