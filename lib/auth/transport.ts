/**
 * The only way to the provider: https, the issuer's host, no redirects, one deadline over headers and body, a cap on decoded
 * bytes, discovery compared and cached, and the ID token's signature verified, which next-auth leaves out.
 */
import { Failure } from "@/lib/http/errors";
import { createIdTokenVerifier, KeysUnavailable } from "./id-token";

export type TransportSettings = { issuer: string; clientId: string };

const deadlineMs = 10_000;
const largestAnswerBytes = 256 * 1024;
const discoveryLifetimeMs = 10 * 60_000;

type Ending = { signal: AbortSignal | null };

type Discovery = { fetchedAt: number; body: string; tokenEndpoint: string; jwksUri: string };

/**
 * A `fetch` for next-auth's requests to one provider.
 * A signal in `init` ends the call earlier than its own deadline; it also covers the calls for discovery and keys that a call needs.
 * It throws Failure `provider_unreachable` (no answer, 5xx, 429) and `provider_nonsense` (an answer that cannot be trusted).
 */
export function createTransport({ issuer, clientId }: TransportSettings): typeof fetch {
  const discoveryUrl = `${issuer}/.well-known/openid-configuration`;
  let discovery: Discovery | undefined;

  const discover = async (init: Ending): Promise<Discovery> => {
    if (discovery && Date.now() - discovery.fetchedAt < discoveryLifetimeMs) return discovery;
    const answer = await guardedFetch(discoveryUrl, init, issuer);
    if (!answer.ok) throw new Failure("provider_unreachable", { cause: new Error(`discovery answered ${answer.status}`) });
    discovery = readDiscovery(await answer.text(), issuer);
    return discovery;
  };
  const verifyIdToken = createIdTokenVerifier({
    issuer,
    clientId,
    fetchKeys: async (init) => readJson(await guardedFetch((await discover(init)).jwksUri, init, issuer)),
  });

  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const ending: Ending = { signal: init?.signal ?? null };
    if (url === discoveryUrl) return jsonResponse((await discover(ending)).body);
    const isRefresh = init?.body instanceof URLSearchParams && init.body.get("grant_type") === "refresh_token";
    // A refresh token is spent by its answer, which must not be lost for want of discovery afterwards.
    const known = isRefresh ? await discover(ending) : null;
    const answer = await guardedFetch(url, init, issuer);
    if (answer.ok && url === (known ?? (await discover(ending))).tokenEndpoint) {
      const { id_token: idToken } = (await readJson(answer.clone())) as { id_token?: unknown };
      // A refresh may do without one (OpenID Connect Core 1.0, 12.2); a sign-in may not.
      if (!isRefresh || idToken !== undefined) {
        await verifyIdToken(idToken, ending).catch((error: unknown) => {
          // In a refresh one that cannot be checked counts as none, too: nothing is taken from it.
          if (!isRefresh || !(error instanceof Failure && error.cause instanceof KeysUnavailable)) throw error;
        });
      }
    }
    return answer;
  };
}

/** True for an issuer on this machine: only there is plain http allowed. */
function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}

function checkedUrl(value: unknown, issuer: string): URL {
  const base = new URL(issuer);
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : null;
  const secure = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url) && base.protocol === "http:");
  if (!url || !secure || url.host !== base.host || url.username || url.password) {
    throw new Failure("provider_nonsense", { cause: new Error("the provider named an address outside its own host") });
  }
  return url;
}

async function guardedFetch(address: string, init: RequestInit | undefined, issuer: string): Promise<Response> {
  const url = checkedUrl(address, issuer);
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    const signal = init?.signal ? AbortSignal.any([deadline, init.signal]) : deadline;
    const answer = await fetch(url, { ...init, redirect: "manual", signal });
    if (answer.status >= 500 || answer.status === 429) {
      throw new Failure("provider_unreachable", { cause: new Error(`the provider answered ${answer.status}`) });
    }
    if (answer.status >= 300 && answer.status < 400) {
      throw new Failure("provider_nonsense", { cause: new Error("the provider redirected a call that must not be redirected") });
    }
    const headers = new Headers(answer.headers);
    // The body below is already decoded and has its own length.
    headers.delete("content-encoding");
    headers.delete("content-length");
    const body = await readCapped(answer);
    return new Response(body.byteLength > 0 ? body : null, { status: answer.status, headers });
  } catch (error) {
    throw error instanceof Failure ? error : new Failure("provider_unreachable", { cause: error });
  }
}

/** Reads a body up to the cap, counted after decompression. */
async function readCapped(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream, which closes the connection.
  for await (const chunk of answer.body ?? []) {
    size += chunk.byteLength;
    if (size > largestAnswerBytes) throw new Failure("provider_nonsense", { cause: new Error("the provider's answer is too large") });
    chunks.push(chunk);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

async function readJson(answer: Response): Promise<unknown> {
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Failure("provider_nonsense", { cause });
  }
}

/** OpenID Connect Discovery 1.0, section 4.3: the issuer is compared exactly; endpoints must lie on its host. */
function readDiscovery(body: string, issuer: string): Discovery {
  let metadata: Record<string, unknown> | null;
  try {
    metadata = JSON.parse(body) as Record<string, unknown> | null;
  } catch (cause) {
    throw new Failure("provider_nonsense", { cause });
  }
  if (metadata?.issuer !== issuer)
    throw new Failure("provider_nonsense", { cause: new Error("the discovery document is of another issuer") });
  checkedUrl(metadata.authorization_endpoint, issuer);
  checkedUrl(metadata.userinfo_endpoint, issuer);
  return {
    fetchedAt: Date.now(),
    body,
    tokenEndpoint: checkedUrl(metadata.token_endpoint, issuer).href,
    jwksUri: checkedUrl(metadata.jwks_uri, issuer).href,
  };
}

function jsonResponse(body: string): Response {
  return new Response(body, { headers: { "content-type": "application/json" } });
}
