/** The refresh grant at the provider's token endpoint: RFC 6749, section 6. The first grant of a session is next-auth's work. */
import { z } from "zod";
import { Failure } from "@/lib/http/errors";

export type TokenEndpointSettings = {
  issuer: string;
  clientId: string;
  /** Null for a public client, which names itself in the body instead. */
  clientSecret: string | null;
  transport: typeof fetch;
};

const discoverySchema = z.object({ token_endpoint: z.string() });
const refusalSchema = z.object({ error: z.string() });

/**
 * The token response for a refresh token, not looked at yet. From here on the refresh token is spent: whatever fails afterwards,
 * these tokens are all that is left of the session.
 * @throws Failure `signed_out` when the provider takes the refresh token no more, `provider_unreachable`, `provider_nonsense`
 */
export async function refreshTokens(
  { issuer, clientId, clientSecret, transport }: TokenEndpointSettings,
  refreshToken: string,
): Promise<object> {
  const discovery = discoverySchema.parse(await (await transport(`${issuer}/.well-known/openid-configuration`)).json());
  const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken });
  const headers = new Headers({ accept: "application/json" });
  if (clientSecret === null) body.set("client_id", clientId);
  else headers.set("authorization", basicCredentials(clientId, clientSecret));

  const answer = await transport(discovery.token_endpoint, { method: "POST", headers, body });
  const tokens = await readObject(answer);
  if (!answer.ok) {
    const refused = refusalSchema.safeParse(tokens).data?.error === "invalid_grant";
    throw new Failure(refused ? "signed_out" : "provider_nonsense", { cause: new Error(`the refresh was answered with ${answer.status}`) });
  }
  return tokens;
}

/** RFC 6749, 2.3.1: both parts are form-encoded before they are joined. */
function basicCredentials(clientId: string, clientSecret: string): string {
  const encoded = (text: string) => new URLSearchParams({ "": text }).toString().slice(1);
  return `Basic ${btoa(`${encoded(clientId)}:${encoded(clientSecret)}`)}`;
}

async function readObject(answer: Response): Promise<object> {
  const value: unknown = await answer.json().catch(() => null);
  if (typeof value === "object" && value !== null) return value;
  throw new Failure("provider_nonsense", { cause: new Error(`an answer of ${answer.status} is no JSON object`) });
}
