/**
 * huggingface.co with a Space in its frame, for a real browser: the real host names, led to loopback over TLS, so that the rules
 * for cookies, sites and storage are the real ones.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContext, chromium } from "@playwright/test";
import { chromiumFlags, findChromium } from "./chromium.ts";
import { spaceHost, spaceOrigin } from "./space.ts";

export const spacePage = "https://huggingface.co/spaces/person/keepsake";

/** As Hugging Face publishes it: everything but leading the top page away. */
const sandbox = "allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts allow-downloads";

const hubHeaders = { "content-type": "text/html", "cross-origin-opener-policy": "same-origin" };

const framing = (address: string, attributes = `sandbox="${sandbox}"`) =>
  `<!doctype html><html><head><title>Hugging Face</title><style>html,body{margin:0;height:100%}iframe{border:0;width:100%;height:100%;display:block}</style></head><body><iframe name="space" src="${address}" ${attributes}></iframe></body></html>`;

/** A page that asks what a browser does with cookies and storage in a frame; nothing of the app is in it. */
const probe = `<!doctype html><title>probe</title><script>
const seen = {};
try { localStorage.setItem("written-in", window.top === window ? "tab" : "frame"); seen.storage = "open"; } catch { seen.storage = "closed"; }
const done = fetch("/set", { method: "POST" }).then(() => fetch("/cookies")).then((answer) => answer.text()).then((text) => { seen.cookies = text; return seen; });
</script><button onclick="document.title = String(window.open('/probe') === null)">Open</button>`;

export type Embedding = {
  /** What the proxy in front of the Space leaves out, to play older browsers. */
  readonly behaviour: {
    dropPartitioned: boolean;
    dropFetchMetadata: boolean;
    /** The frame may open no tab: what a blocked popup is. */
    blockPopups: boolean;
  };
  /** Requests of the Space since the start: what for, and which cookies came along. */
  readonly seen: readonly { path: string; destination: string; cookies: readonly string[] }[];
  /** Starts a browser with a profile of its own. */
  launch(cookies: ThirdPartyCookies, options?: { javaScriptEnabled?: boolean }): Promise<BrowserContext>;
  close(): Promise<void>;
};

/** Three independent ways to block third-party cookies, and none. A policy is for root alone to set, and for this browser only. */
export type ThirdPartyCookies = "blocked by flag" | "blocked by preference" | "blocked by policy" | "allowed";

/** Whether a browser can be started under a policy of its own: in a mount namespace, beside others that see none of it. */
export function canSetPolicy(): boolean {
  return spawnSync("unshare", ["-m", "test", "-d", "/etc/chromium"]).status === 0;
}

/** Stands in front of the Space that listens on `port`, under its own host name and those of its custom domains. */
export async function startEmbedding(port: number, customDomains: readonly string[] = []): Promise<Embedding> {
  const folder = mkdtempSync(path.join(tmpdir(), "keepsake-embedding-"));
  const { key, cert, fingerprint } = makeCertificate(folder, customDomains);
  const hosts = [spaceHost, ...customDomains];
  const behaviour = { dropPartitioned: false, dropFetchMetadata: false, blockPopups: false };
  const seen: Embedding["seen"][number][] = [];
  const server = createServer({ key, cert }, (request, response) => {
    if (!hosts.includes(request.headers.host ?? "")) return answerElsewhere(request, response, behaviour);
    const { cookie = "", "sec-fetch-dest": destination = "" } = request.headers;
    const cookies = cookie.split("; ").flatMap((pair) => (pair ? [pair.slice(0, pair.indexOf("="))] : []));
    seen.push({ path: request.url ?? "", destination: String(destination), cookies });
    passOn(request, response, port, behaviour);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const tlsPort = (server.address() as AddressInfo).port;
  const led = ["huggingface.co", "*.hf.space", ...customDomains].map((name) => `MAP ${name}:443 127.0.0.1:${tlsPort}`);
  let profiles = 0;
  return {
    behaviour,
    seen,
    launch: (cookies, options = {}) => {
      const profile = path.join(folder, `profile-${profiles++}`);
      mkdirSync(path.join(profile, "Default"), { recursive: true });
      const isBlocked = cookies === "blocked by preference";
      const preferences = { profile: { cookie_controls_mode: isBlocked ? 1 : 0, block_third_party_cookies: isBlocked } };
      writeFileSync(path.join(profile, "Default", "Preferences"), JSON.stringify(preferences));
      const executablePath = cookies === "blocked by policy" ? underPolicy(folder) : findChromium();
      return chromium.launchPersistentContext(profile, {
        ...(executablePath && { executablePath }),
        ...options,
        // Playwright's own arguments switch the partitioning of storage off.
        ignoreDefaultArgs: true,
        args: [
          ...chromiumFlags,
          "--headless",
          "--hide-scrollbars",
          "--remote-debugging-pipe",
          `--user-data-dir=${profile}`,
          `--host-resolver-rules=${[...led, "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1", "EXCLUDE localhost"].join(", ")}`,
          `--ignore-certificate-errors-spki-list=${fingerprint}`,
          ...(cookies === "blocked by flag" ? ["--test-third-party-cookie-phaseout"] : []),
          "about:blank",
        ],
      });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A program that starts Chromium where its folder of policies holds ours, for it and nobody else. */
function underPolicy(folder: string): string {
  const [policies, program] = [path.join(folder, "policies"), path.join(folder, "chromium-under-policy")];
  mkdirSync(path.join(policies, "policies", "managed"), { recursive: true });
  writeFileSync(path.join(policies, "policies", "managed", "keepsake.json"), JSON.stringify({ BlockThirdPartyCookies: true }));
  const inside = `mount --bind '${policies}' /etc/chromium && exec '${findChromium()}' "$@"`;
  writeFileSync(program, `#!/bin/sh\nexec unshare -m sh -c '${inside.replaceAll("'", "'\\''")}' chromium "$@"\n`, { mode: 0o755 });
  return program;
}

function answerElsewhere(request: IncomingMessage, response: ServerResponse, { blockPopups }: Embedding["behaviour"]): void {
  const page = (html: string, headers: Record<string, string> = { "content-type": "text/html" }) =>
    response.writeHead(200, headers).end(html);
  const { host } = request.headers;
  const { pathname } = new URL(request.url ?? "/", "https://any.invalid");
  if (host === "huggingface.co") {
    if (pathname === "/probe") return void page(framing("https://probe.hf.space/probe"), hubHeaders);
    if (pathname === "/evil") return void page(framing("https://evil.hf.space/"), hubHeaders);
    const allowed = blockPopups ? sandbox.replace(/ allow-popups\S*/g, "") : sandbox;
    // What the Hub adds for a private Space, where the address of its page has one.
    const { search } = new URL(request.url ?? "/", "https://any.invalid");
    return void page(framing(`${spaceOrigin}/${search}`, `sandbox="${allowed}"`), hubHeaders);
  }
  if (host === "evil.hf.space") return void page(framing(spaceOrigin + pathname, ""));
  if (pathname === "/set") {
    const cookies = ["plain=1; Secure; SameSite=None", "partitioned=1; Secure; SameSite=None; Partitioned"];
    return void response.writeHead(204, { "set-cookie": cookies }).end();
  }
  if (pathname === "/cookies") return void response.writeHead(200).end(request.headers.cookie ?? "");
  return void page(probe);
}

/** What the Hub's proxy does: TLS ends here, everything else goes through as it came. */
function passOn(request: IncomingMessage, response: ServerResponse, port: number, behaviour: Embedding["behaviour"]): void {
  const headers = { ...request.headers };
  if (behaviour.dropFetchMetadata) for (const name of Object.keys(headers)) if (name.startsWith("sec-fetch-")) delete headers[name];
  const inner = httpRequest({ port, host: "127.0.0.1", path: request.url, method: request.method, headers }, (answer) => {
    const outgoing = { ...answer.headers };
    if (behaviour.dropPartitioned && outgoing["set-cookie"]) {
      outgoing["set-cookie"] = outgoing["set-cookie"].map((line) => line.replace(/; Partitioned/i, ""));
    }
    answer.pipe(response.writeHead(answer.statusCode ?? 502, outgoing));
  });
  inner.on("error", () => response.destroy());
  request.pipe(inner);
}

function makeCertificate(folder: string, customDomains: readonly string[]): { key: Buffer; cert: Buffer; fingerprint: string } {
  const [keyFile, certFile] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
  const names = `subjectAltName=${["huggingface.co", "*.hf.space", ...customDomains].map((name) => `DNS:${name}`).join(",")}`;
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...kind, "-subj", "/CN=keepsake test", "-addext", names, "-keyout", keyFile, "-out", certFile], {
    stdio: "ignore",
  });
  const cert = readFileSync(certFile);
  const publicKey = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
  return { key: readFileSync(keyFile), cert, fingerprint: createHash("sha256").update(publicKey).digest("base64") };
}
