/** Access tokens of the shape and length that Hugging Face hands out: `hf_oauth_` and an EdDSA JWT, opaque to the app. */
import { generateKeyPairSync, randomUUID, sign } from "node:crypto";

const { privateKey } = generateKeyPairSync("ed25519");

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token for one grant; no two are equal. `lifetime` is in seconds. */
export function createAccessToken(grant: { issuer: string; subject: string; clientId: string; scope: string; lifetime: number }): string {
  const issuedAt = Math.floor(Date.now() / 1000);
  const payload = {
    iss: grant.issuer,
    sub: grant.subject,
    aud: grant.issuer,
    scope: grant.scope,
    oauthApp: grant.clientId,
    sessionId: randomUUID(),
    iat: issuedAt,
    exp: issuedAt + grant.lifetime,
  };
  const signed = `${encoded({ alg: "EdDSA", typ: "JWT" })}.${encoded(payload)}`;
  return `hf_oauth_${signed}.${sign(null, Buffer.from(signed), privateKey).toString("base64url")}`;
}
