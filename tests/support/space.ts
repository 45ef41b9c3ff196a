/** The app as a Space: behind its public https address, which exists in this test alone. */
import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { Environment } from "../../dev/child.ts";
import { type Preview, startPreview } from "../../dev/preview.ts";
import { createHttpClient, type HttpClient } from "./http-client.ts";

export const spaceHost = "person-keepsake.hf.space";
export const spaceOrigin = `https://${spaceHost}`;

export type Space = Preview & {
  /** The port of the app itself, on plain http. */
  port: number;
  /** A client for whom the Space's addresses lead to the app, as it does behind the Hub's proxy. */
  client(): HttpClient;
  /** Lets six minutes pass for the server. */
  waitSixMinutes(): void;
  restart(): Promise<void>;
};

type SpaceSettings = {
  /** Host names that lead to it: the first is canonical, a custom domain follows. */
  hosts?: readonly string[];
  /** Further variables of the app. */
  environment?: Environment;
  /** Gets every line that the server writes. */
  onLine?: (line: string) => void;
};

/** Starts the app with what a Space gives it. */
export async function startSpace({ hosts = [spaceHost], environment, onLine }: SpaceSettings = {}): Promise<Space> {
  const folder = await mkdtemp(path.join(tmpdir(), "keepsake-space-"));
  const publicOrigin = `https://${hosts[0]}`;
  const clock = path.resolve("tests/support/later.ts");
  const given = { SPACE_ID: "person/keepsake", SPACE_HOST: hosts.join(", "), APP_URL: undefined, NODE_OPTIONS: `--import=${clock}` };
  const settings = {
    folder,
    publicOrigin,
    environment: { ...given, ...environment },
    ...(onLine ? { onLine } : { quiet: true }),
  };
  const start = (port?: number) => startPreview({ ...settings, ...(port !== undefined && { port }) });
  let preview = await start();
  const port = Number(new URL(preview.origin).port);
  return {
    ...preview,
    port,
    client: () =>
      createHttpClient(publicOrigin, (url, init) => (hosts.includes(url.host) ? sendBehindProxy(url, init, port) : fetch(url, init))),
    waitSixMinutes: () => void preview.server.process.kill("SIGUSR2"),
    restart: async () => {
      await preview.close();
      preview = await start(port);
    },
    close: async () => {
      await preview.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What the Hub's proxy does: the request as it came, over plain http. `fetch` cannot say another Host. */
async function sendBehindProxy(url: URL, init: RequestInit, port: number): Promise<Response> {
  const { headers, method = "GET", body } = new Request(url, init);
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = httpRequest({ port, host: "127.0.0.1", path: url.pathname + url.search, method }, resolve);
    for (const [name, value] of headers) outgoing.setHeader(name, value);
    // A Request drops what only a browser may set.
    for (const [name, value] of new Headers(init.headers)) outgoing.setHeader(name, value);
    outgoing.setHeader("host", url.host);
    outgoing.on("error", reject);
    if (body) new Response(body).text().then((content) => outgoing.end(content), reject);
    else outgoing.end();
  });
  const answered = new Headers();
  for (let index = 0; index < message.rawHeaders.length; index += 2) {
    answered.append(message.rawHeaders[index] ?? "", message.rawHeaders[index + 1] ?? "");
  }
  const content = await text(message);
  return new Response(content || null, { status: message.statusCode ?? 500, headers: answered });
}
