/**
 * How many thumbnails the server sends, beside nginx, which sends the same file after it has asked the same server by `auth_request` who
 * is there: it cannot read a session itself. In turns, on the same cores.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { Agent } from "node:http";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../../dev/ports.ts";
import { makePicture } from "../support/pictures.ts";
import { signInByHttp } from "../support/sign-in-by-http.ts";
import { type Figure, type Measurement, percentile } from "./figure.ts";
import { atOnce, rate } from "./rate.ts";

/** Each may see three thousand in a minute, which is soon over. */
const people = 4;
const turnsEach = 7;
const program = "nginx";

export const measure: Measurement = async ({ origin, folder }): Promise<Figure[]> => {
  if (spawnSync(program, ["-v"]).error) {
    console.log("thumbnails beside nginx: skipped, because nginx is not installed");
    return [];
  }
  const nginx = await startNginx(origin, path.join(folder, "nginx"));
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const [ours, theirs, shares]: [number[], number[], number[]] = [[], [], []];
  try {
    for (let number = 0; number < people; number += 1) {
      const client = await signInByHttp(origin, `bench-${number}`);
      const { imageUrl } = await makePicture(client, origin);
      const thumbnail = await client.request(`${origin}${imageUrl}?width=640`);
      await writeFile(nginx.file, Buffer.from(await thumbnail.arrayBuffer()));
      const cookie = client
        .cookies()
        .map(({ name, value }) => `${name}=${value}`)
        .join("; ");
      const options = { agent, headers: { cookie } };
      for (let turn = -2; turn < turnsEach; turn += 1) {
        const [own, other] = [await rate(`${origin}${imageUrl}?width=640`, options), await rate(nginx.address, options)];
        if (turn < 0) continue;
        ours.push(own);
        theirs.push(other);
        shares.push((100 * own) / other);
      }
      // Nobody was quick by refusing.
      for (const address of [`${origin}${imageUrl}?width=640`, nginx.address]) {
        const { status } = await client.request(address, { headers: { cookie } });
        if (status !== 200) throw new Error(`a thumbnail was answered with ${status}`);
      }
    }
  } finally {
    agent.destroy();
    await nginx.stop();
  }
  const peer = `${percentile(ours, 0.5).toFixed(0)} and ${percentile(theirs, 0.5).toFixed(0)} req/s`;
  return [{ name: "thumbnails, beside nginx with auth_request", value: percentile(shares, 0.5), unit: "%", least: 50, peer }];
};

/** nginx that sends one file to whoever the app knows. */
async function startNginx(origin: string, folder: string) {
  await mkdir(path.join(folder, "files"), { recursive: true });
  const port = await freePort();
  const app = new URL(origin);
  const settings = path.join(folder, "nginx.conf");
  await writeFile(
    settings,
    `daemon off; ${process.getuid?.() === 0 ? "user root;" : ""} worker_processes 2; pid ${folder}/pid; error_log stderr crit;
     events { worker_connections 256; }
     http {
       access_log off; sendfile on; keepalive_requests 100000; types { image/webp webp; }
       ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(" ")}
       upstream app { server 127.0.0.1:${app.port}; keepalive 16; }
       server {
         listen 127.0.0.1:${port};
         location / { auth_request /who; root ${folder}/files; }
         location = /who {
           internal; proxy_pass http://app/api/me; proxy_pass_request_body off; proxy_set_header Content-Length "";
           proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host ${app.host};
         }
       }
     }`,
  );
  const child = spawn(program, ["-p", folder, "-c", settings, "-e", "stderr"], { stdio: ["ignore", "ignore", "inherit"] });
  await pause(500);
  const stop = async () => {
    const ended = once(child, "exit");
    if (child.exitCode === null && child.kill("SIGTERM")) await ended;
  };
  return { address: `http://127.0.0.1:${port}/thumbnail.webp`, file: path.join(folder, "files", "thumbnail.webp"), stop };
}
