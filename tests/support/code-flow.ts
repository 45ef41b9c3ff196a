/** The authorization code flow against the identity provider, step by step, by plain fetch: nothing is taken for granted. */
import { createHash, randomBytes } from "node:crypto";
import { createHttpClient } from "./http-client.ts";
import type { Consent } from "./sign-in-by-http.ts";

/** The app that signs people in; nothing listens there. */
export const app = "http://localhost:1";
export const redirectUri = `${app}/api/auth/callback/huggingface`;

/** The secret of the client `space`: with characters that must be encoded twice. */
export const secret = "a secret & its %2B";

/** Credentials as RFC 6749, 2.3.1, wants them. */
export const basic = (id: string, password: string) => `Basic ${btoa(`${encodeURIComponent(id)}:${encodeURIComponent(password)}`)}`;

export type Attempt = Partial<Consent> & { scope?: string; clientId?: string; redirect?: string; parameters?: Record<string, string> };

/** Walks to the consent page, answers it, and gives back where the browser is sent, with the PKCE verifier. */
export async function authorize(
  issuer: string,
  { scope = "openid profile", clientId = "space", redirect = redirectUri, parameters, ...consent }: Attempt = {},
) {
  const verifier = randomBytes(32).toString("base64url");
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirect,
    response_type: "code",
    scope,
    state: "the state",
    nonce: "the nonce",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...parameters,
  });
  const client = createHttpClient(issuer);
  const asked = await client.request(`/oauth/authorize?${query}`);
  const page = asked.headers.get("location") ?? "";
  if (!page.startsWith("/consent/")) return { asked, verifier, answer: new URL(page || "none:"), html: "" };
  const html = await (await client.request(page)).text();
  const { username = "grace", organizations = [], decision = "authorize" } = consent;
  const form = new URLSearchParams({ person: username, decision });
  for (const organization of organizations) form.append("organization", organization);
  let response = await client.request(page, { method: "POST", body: form });
  while (response.headers.get("location")?.startsWith(issuer)) response = await client.request(response.headers.get("location") ?? "");
  return { asked, verifier, answer: new URL(response.headers.get("location") ?? "none:"), html, response };
}

export async function redeem(
  issuer: string,
  code: string | null,
  verifier: string,
  authorization: string | null = basic("space", secret),
  clientId?: string,
) {
  const response = await fetch(`${issuer}/oauth/token`, {
    method: "POST",
    headers: authorization === null ? {} : { authorization },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: code ?? "",
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...(clientId && { client_id: clientId }),
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string | number> };
}

export async function signedIn(issuer: string, attempt: Attempt = {}) {
  const { answer, verifier } = await authorize(issuer, attempt);
  const { body } = await redeem(issuer, answer.searchParams.get("code"), verifier);
  const userinfo = await fetch(`${issuer}/oauth/userinfo`, { headers: { authorization: `Bearer ${body.access_token}` } });
  return { token: body, userinfo: (await userinfo.json()) as Record<string, unknown> & { orgs: Record<string, unknown>[] } };
}
