/**
 * Hugging Face as a provider for next-auth: settings in, provider out. A pure function; the guarded transport is handed in.
 */

import { customFetch } from "next-auth";
import type { OIDCConfig } from "next-auth/providers";

/** Userinfo as Hugging Face sends it, before `claims.ts` has looked at it: nothing in it is trusted. */
export type HuggingFaceProfile = { sub: string } & Record<string, unknown>;

export type HuggingFaceSettings = {
  clientId: string;
  /** Null for a public client: PKCE alone proves who redeems the code (RFC 7636). */
  clientSecret: string | null;
  /** Space-separated. Asking for more than the Space's metadata grants (next-auth's default `email`, say) is a scope error. */
  scopes: string;
  issuer: string;
  /** Where the authorization response arrives; the same value at the authorization and the token endpoint (RFC 6749, 4.1.3). */
  redirectUri: string;
  transport: typeof fetch;
};

/** The provider: authorization code with state, PKCE (S256) and nonce; the profile comes from userinfo, whose `sub` is compared. */
export function huggingFace(settings: HuggingFaceSettings): OIDCConfig<HuggingFaceProfile> {
  return {
    id: "huggingface",
    name: "Hugging Face",
    type: "oidc",
    issuer: settings.issuer,
    clientId: settings.clientId,
    ...(settings.clientSecret !== null && { clientSecret: settings.clientSecret }),
    checks: ["pkce", "state", "nonce"],
    client: {
      token_endpoint_auth_method: settings.clientSecret === null ? "none" : "client_secret_basic",
      id_token_signed_response_alg: "RS256",
    },
    authorization: { params: { scope: settings.scopes, redirect_uri: settings.redirectUri } },
    // The ID token has no isPro and no orgs: false makes next-auth read userinfo as well.
    idToken: false,
    profile: ({ sub }) => ({ id: sub }),
    [customFetch]: withRedirectUri(settings.transport, settings.redirectUri),
  };
}

/** next-auth builds the token request with its own default path; this keeps it equal to the authorization request's. */
function withRedirectUri(transport: typeof fetch, redirectUri: string): typeof fetch {
  return (input, init) => {
    if (init?.body instanceof URLSearchParams && init.body.has("redirect_uri")) init.body.set("redirect_uri", redirectUri);
    return transport(input, init);
  };
}
