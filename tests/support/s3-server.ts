/**
 * A real S3 server for tests: Ceph's RADOS Gateway on loopback, with one monitor and one store in memory. It checks signatures and
 * enforces conditional puts, which the small ones that npm offers do not. Debian: `apt-get install ceph-mon ceph-osd radosgw ceph-common`.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { accessSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

export type S3Server = { endpoint: string; region: string; accessKeyId: string; secretAccessKey: string; stop(): Promise<void> };

const programs = ["ceph", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin"];
const user = { accessKeyId: "TESTACCESSKEY", secretAccessKey: "TESTSECRETKEY0123456789" };
const execute = promisify(execFile);

/** True when everything that the server needs is on this machine. */
export function s3ServerInstalled(): boolean {
  return programs.every((program) => (process.env.PATH ?? "").split(path.delimiter).some((folder) => exists(path.join(folder, program))));
}

/** Starts it with a user of its own; everything it holds is gone when it stops. @throws Error with what it said last */
export async function startS3Server(): Promise<S3Server> {
  const folder = await mkdtemp(path.join(tmpdir(), "keepsake-s3-"));
  const [port, monitorPort] = [await freePort(), await freePort()];
  const settings = path.join(folder, "ceph.conf");
  const children: ChildProcess[] = [];
  const run = (program: string, ...parameters: string[]) => execute(program, ["-c", settings, ...parameters], { timeout: 60_000 });
  const launch = (program: string, ...parameters: string[]) =>
    void children.push(spawn(program, ["-c", settings, ...parameters, "-f"], { stdio: "ignore" }));
  const stop = async () => {
    for (const child of children.reverse()) await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const name of ["mon", "osd", "rgw", "run"]) await mkdir(path.join(folder, name));
    const cluster = randomUUID();
    await writeFile(settings, configuration(folder, cluster, port, monitorPort));
    const map = path.join(folder, "monmap");
    await execute("monmaptool", ["--create", "--fsid", cluster, "--addv", "a", `[v2:127.0.0.1:${monitorPort}]`, map]);
    await run("ceph-mon", "-i", "a", "--mkfs", "--monmap", map);
    launch("ceph-mon", "-i", "a", "--public-addr", `v2:127.0.0.1:${monitorPort}`);
    const store = randomUUID();
    await run("ceph", "--connect-timeout", "20", "osd", "new", store);
    await run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", store);
    launch("ceph-osd", "-i", "0");
    await until(async () => (await run("ceph", "osd", "stat")).stdout.includes("1 up"));
    launch("radosgw", "-n", "client.rgw.a");
    const endpoint = `http://127.0.0.1:${port}`;
    await until(async () => (await fetch(endpoint)).status > 0);
    const keys = ["--access-key", user.accessKeyId, "--secret-key", user.secretAccessKey];
    await run("radosgw-admin", "-n", "client.rgw.a", "user", "create", "--uid", "test", "--display-name", "test", ...keys);
    return { endpoint, region: "us-east-1", ...user, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const configuration = (folder: string, cluster: string, port: number, monitorPort: number) => `[global]
fsid = ${cluster}
mon host = v2:127.0.0.1:${monitorPort}
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv4 = true
ms bind ipv6 = false
auth cluster required = none
auth service required = none
auth client required = none
auth allow insecure global id reclaim = true
ms mon client mode = crc
ms mon service mode = crc
ms mon cluster mode = crc
ms client mode = crc
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon max pg per osd = 2000
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 1073741824
run dir = ${folder}/run
admin socket = ${folder}/run/$name.asok
log file = ${folder}/$name.log
[mon.a]
mon data = ${folder}/mon
[osd.0]
osd data = ${folder}/osd
[client.rgw.a]
rgw data = ${folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:${port}
rgw dns name = 127.0.0.1
rgw thread pool size = 32
rgw crypt require ssl = false
`;

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(200)) if (await isSo().catch(() => false)) return;
  throw new Error("the S3 server did not come up");
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  // There is nothing worth saving: an orderly end would only take seconds.
  child.kill("SIGKILL");
  await exit;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function exists(file: string): boolean {
  try {
    accessSync(file);
    return true;
  } catch {
    return false;
  }
}
