/**
 * Plays huggingface.co on your own machine: a certified OpenID provider with several people to sign in as.
 * It hands out identities to anyone who asks, so it listens on the loopback interface only.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { avatarOf } from "./identity-provider/avatar.ts";
import { answerConsent } from "./identity-provider/consent.ts";
import { Directory } from "./identity-provider/directory.ts";
import { messagePage } from "./identity-provider/page.ts";
import { isUsername, readyPeople } from "./identity-provider/people.ts";
import { createProvider } from "./identity-provider/provider.ts";
import type { IdentityProviderSettings } from "./identity-provider/settings.ts";
import { sendPage } from "./identity-provider/web.ts";

export type RunningIdentityProvider = { issuer: string; close(): Promise<void> };

/**
 * Starts a provider of its own; resolves when it answers.
 * @throws NodeJS.ErrnoException `EADDRINUSE` when the port is taken
 */
export async function startIdentityProvider(settings: IdentityProviderSettings): Promise<RunningIdentityProvider> {
  const server = createServer();
  const issuer = `http://localhost:${await listen(server, settings.port ?? 0)}`;
  const directory = new Directory(settings.people ?? readyPeople);
  const provider = await createProvider(issuer, settings, directory);
  const openid = provider.callback();

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? "/", issuer);
    if (pathname.startsWith("/oauth/") || pathname.startsWith("/.well-known/")) return openid(request, response);
    if (pathname.startsWith("/consent/")) return answerConsent(provider, directory, request, response);
    const avatar = pathname.match(/^\/avatars\/([^/]+)\.png$/)?.[1];
    if (avatar && isUsername(avatar)) {
      return response.writeHead(200, { "content-type": "image/png", "cache-control": "max-age=86400" }).end(await avatarOf(avatar));
    }
    return sendPage(response, 404, messagePage("Not here", `On huggingface.co this would be ${pathname}.`));
  };
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    forgetSession(request);
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) sendPage(response, 500, messagePage("This did not work", String(error)));
    });
  });
  return { issuer, close: () => close(server) };
}

// Every sign-in stands alone: a session that is carried from one to the next would bind two tabs of one browser together.
function forgetSession(request: IncomingMessage): void {
  const cookies = request.headers.cookie?.split("; ").filter((cookie) => !/^hub-session(?:\.|=)/.test(cookie));
  if (cookies) request.headers.cookie = cookies.join("; ");
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
