/** Shows the consent page and carries out what was chosen on it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type Provider from "oidc-provider";
import { consentPage } from "./consent-page.ts";
import type { Directory } from "./directory.ts";
import { messagePage } from "./page.ts";
import { readForm, sendPage } from "./web.ts";

const lastPersonCookie = "hub-last-person";

export async function answerConsent(provider: Provider, directory: Directory, request: IncomingMessage, response: ServerResponse) {
  const interaction = await provider.interactionDetails(request, response).catch(() => undefined);
  if (!interaction) {
    return sendPage(response, 400, messagePage("This sign-in has ended", "Go back to the app and start again."));
  }
  const show = async (status: number, chosen: string, problem?: string) => {
    const { client_id, scope, redirect_uri, orgIds } = interaction.params as Record<string, string | undefined>;
    const client = await provider.Client.find(client_id ?? "");
    const text = consentPage({
      action: `/consent/${interaction.uid}`,
      appName: client?.clientName ?? client_id ?? "An app",
      appOrigin: URL.parse(redirect_uri ?? "")?.host ?? "This app",
      scopes: (scope ?? "").split(" ").filter(Boolean),
      people: directory.offered,
      askedOrganizations: orgIds?.split(",") ?? [],
      issuer: provider.issuer,
      chosen,
      problem,
    });
    sendPage(response, status, text);
  };
  if (request.method !== "POST") return show(200, lastPerson(request) ?? directory.offered[0]?.username ?? "");

  const form = await readForm(request);
  if (form.get("decision") !== "authorize") {
    return provider.interactionFinished(request, response, {
      error: "access_denied",
      error_description: "The user denied the request",
    });
  }
  const username = (form.get("person") || form.get("username") || "").trim();
  const person = directory.byUsername(username);
  if (!person) return show(400, username, "Write a user name of letters, digits and single hyphens, at most 42 of them.");
  response.setHeader("set-cookie", `${lastPersonCookie}=${person.username}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax`);
  return provider.interactionFinished(request, response, {
    login: { accountId: person.sub, remember: false },
    consent: { organizations: form.getAll("organization") },
  });
}

function lastPerson(request: IncomingMessage): string | undefined {
  return request.headers.cookie?.match(new RegExp(`(?:^|; )${lastPersonCookie}=([A-Za-z0-9-]+)`))?.[1];
}
