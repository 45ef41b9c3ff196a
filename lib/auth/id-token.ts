/** Verification of ID tokens: OpenID Connect Core 1.0, section 3.1.3.7, without the shortcut that TLS would allow. */
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from "jose";
import { Failure } from "@/lib/http/errors";

const toleranceSeconds = 10;
/** A key that the provider withdrew is believed no longer than this. */
const keysLifetimeMs = 10 * 60_000;

export type IdTokenSettings = {
  issuer: string;
  clientId: string;
  /** Fetches the provider's JSON Web Key Set. */
  fetchKeys: (ending: Ending) => Promise<unknown>;
};

type Ending = { signal: AbortSignal | null };

/** Says, as the cause of a Failure, that a token was neither found true nor false. */
export class KeysUnavailable extends Error {
  constructor(cause: unknown) {
    super("the provider's keys cannot be had", { cause });
    this.name = "KeysUnavailable";
  }
}

/**
 * A function that verifies an ID token's signature (RS256 only), issuer, audience, authorized party and times.
 * Keys are kept for ten minutes, and fetched again at most once for a token whose key is not among them.
 * It throws Failure `provider_nonsense`, or that of fetching the keys, caused by KeysUnavailable. The nonce is checked by next-auth.
 */
export function createIdTokenVerifier({
  issuer,
  clientId,
  fetchKeys,
}: IdTokenSettings): (idToken: unknown, ending: Ending) => Promise<void> {
  let keys: ReturnType<typeof createLocalJWKSet> | undefined;
  let loadedAt = 0;

  const loadKeys = async (ending: Ending) => {
    try {
      const loaded = createLocalJWKSet((await fetchKeys(ending)) as JSONWebKeySet);
      [keys, loadedAt] = [loaded, Date.now()];
      return loaded;
    } catch (error) {
      const code = error instanceof Failure ? error.code : "provider_nonsense";
      throw new Failure(code, { cause: new KeysUnavailable(error) });
    }
  };
  const verify = (idToken: string, keySet: ReturnType<typeof createLocalJWKSet>) =>
    jwtVerify(idToken, keySet, {
      algorithms: ["RS256"],
      issuer,
      audience: clientId,
      clockTolerance: toleranceSeconds,
      requiredClaims: ["sub", "exp", "iat"],
    });

  return async (idToken, ending) => {
    if (typeof idToken !== "string") throw new Failure("provider_nonsense", { cause: new Error("the token response has no ID token") });
    const known = Date.now() - loadedAt < keysLifetimeMs ? keys : undefined;
    let current = known ?? (await loadKeys(ending));
    try {
      let result: Awaited<ReturnType<typeof verify>>;
      try {
        result = await verify(idToken, current);
      } catch (error) {
        if (!known || !(error instanceof errors.JWKSNoMatchingKey)) throw error;
        current = await loadKeys(ending);
        result = await verify(idToken, current);
      }
      checkParties(result.payload, clientId);
    } catch (error) {
      throw error instanceof Failure ? error : new Failure("provider_nonsense", { cause: error });
    }
  };
}

function checkParties({ aud, azp, iat, exp }: JWTPayload, clientId: string): void {
  if (Array.isArray(aud) && aud.length > 1 && azp === undefined) throw new Error("several audiences and no authorized party");
  if (azp !== undefined && azp !== clientId) throw new Error("the authorized party is another client");
  if (typeof iat !== "number" || typeof exp !== "number") throw new Error("the times are not numbers");
  if (iat > Date.now() / 1000 + toleranceSeconds) throw new Error("issued in the future");
}
