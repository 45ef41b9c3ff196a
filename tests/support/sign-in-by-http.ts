/** The sign-in as a browser walks it, without a browser: the app's login, the consent page, the callback. */
import { createHttpClient, type HttpClient } from "./http-client.ts";

export type Consent = { username: string; organizations?: readonly string[]; decision?: "authorize" | "deny" };

/**
 * Signs a person in at a running app and gives back the client that holds the session.
 * @throws Error when the app does not lead to a consent page
 */
export async function signInByHttp(app: string, username: string): Promise<HttpClient> {
  const client = createHttpClient(app);
  const { response, address } = await client.visit(`${app}/login?next=/gallery`);
  if (!new URL(address).pathname.startsWith("/consent/")) throw new Error(`no consent page, but ${response.status} at ${address}`);
  const { response: page, address: end } = await answerConsent(client, address, { username });
  if (!page.ok || new URL(end).origin !== new URL(app).origin) throw new Error(`signing in ended with ${page.status} at ${end}`);
  await page.body?.cancel();
  return client;
}

/** Sends the consent form and follows where it leads. */
export async function answerConsent(
  client: HttpClient,
  address: string,
  { username, organizations = [], decision = "authorize" }: Consent,
) {
  const form = new URLSearchParams({ person: "", username, decision });
  for (const organization of organizations) form.append("organization", organization);
  const sent = await client.request(address, { method: "POST", body: form });
  const next = sent.headers.get("location");
  return next === null ? { response: sent, address } : client.visit(next);
}

/** Comes back from the provider with an answer of one's own making: that it refuses the scope which the sign-in asked for. */
export async function claimRefusal(client: HttpClient, app: string, scope: string): Promise<Response> {
  const started = await client.request(`${app}/login?allow=${scope}&next=/gallery`);
  const asked = new URL(started.headers.get("location") ?? "none:").searchParams;
  if (!asked.get("scope")?.split(" ").includes(scope)) throw new Error(`${scope} is not asked for`);
  return client.request(`${asked.get("redirect_uri")}?error=invalid_scope&state=${asked.get("state")}`);
}
