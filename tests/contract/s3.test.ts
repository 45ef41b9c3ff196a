import { randomUUID } from "node:crypto";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openArchive } from "@/lib/gallery/archive";
import { StorageFailure } from "@/lib/storage/object-store";
import { openS3 } from "@/lib/storage/s3";
import { connect } from "@/lib/storage/s3/client";
import { describeObjectStore } from "@/tests/contract/object-store";
import { manifestOf, someImage, someThumbnail } from "@/tests/support/items";
import { type S3Server, s3ServerInstalled, startS3Server } from "@/tests/support/s3-server";

const installed = s3ServerInstalled();
if (!installed) console.log("S3 contract: skipped, because Ceph's radosgw is not installed here (see tests/support/s3-server.ts)");

describe.runIf(installed)("on a real server", () => {
  let server: S3Server;
  const placeAt = (prefix: string) => ({ ...server, bucket: "keepsake", prefix });

  beforeAll(async () => {
    server = await startS3Server();
    await connect(placeAt("")).send(new CreateBucketCommand({ Bucket: "keepsake" }));
  }, 120_000);
  afterAll(() => server?.stop(), 60_000);

  describeObjectStore("S3", async () => {
    const place = placeAt(`${randomUUID()}/`);
    const client = connect(place);
    const put = (name: string, bytes: Uint8Array, more = {}) =>
      client.send(new PutObjectCommand({ Bucket: place.bucket, Key: place.prefix + name, Body: bytes, ...more }));
    return {
      store: openS3({ place }),
      async damage(name) {
        const key = { SSECustomerAlgorithm: "AES256", SSECustomerKey: Buffer.alloc(32, 7).toString("base64") };
        await put(name, Buffer.from("sealed with a key that nobody has"), key);
      },
      litter: async (name, bytes) => void (await put(name, bytes)),
    };
  });

  it("refuses a wrong secret, and says so without the secret", async () => {
    const place = { ...placeAt("wrong/"), secretAccessKey: "not-the-secret-at-all" };
    const failure = await openS3({ place })
      .read("a")
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StorageFailure);
    expect(String((failure as Error).cause)).toContain("SignatureDoesNotMatch");
    expect(everythingIn(failure)).not.toMatch(/not-the-secret-at-all|TESTACCESSKEY/);
  });

  it("does not take a bucket that is not there for an empty one", async () => {
    const store = openS3({ place: { ...placeAt(""), bucket: "nowhere" } });
    await expect(store.read("a")).rejects.toBeInstanceOf(StorageFailure);
    await expect(store.isEmpty()).rejects.toBeInstanceOf(StorageFailure);
    await expect(store.publish("a", Buffer.from("x"))).rejects.toBeInstanceOf(StorageFailure);
  });

  it("holds an archive: kept, marked, erased and found again by another process", async () => {
    const place = placeAt("archive/");
    const archive = await openArchive(openS3({ place }), null);
    const [kept, erased] = [manifestOf("ada"), manifestOf("ada")];
    const item = await archive.keep(kept, someImage, someThumbnail, new AbortController().signal);
    const marked = await archive.mark(item, { favorite: true, title: "Höhe" });
    await archive.keep(erased, someImage, someThumbnail, new AbortController().signal);
    await archive.erase(erased);
    await archive.clear(erased);

    const another = await openArchive(openS3({ place }), archive.id);
    const found = [];
    for await (const finding of another.scan()) found.push(finding);
    expect(found).toEqual([
      { kind: "erased", id: erased.id },
      { kind: "listed", known: 0 },
      { kind: "item", item: marked },
    ]);
    expect(await another.readImage(kept.id, "image/png")).toEqual(new Uint8Array(someImage));
  });

  it("lists more than one page", async () => {
    const store = openS3({ place: placeAt("pages/") });
    const names = Array.from({ length: 1100 }, (_, n) => `o/00/${n}`);
    for (let n = 0; n < names.length; n += 50)
      await Promise.all(names.slice(n, n + 50).map((name) => store.publish(name, Buffer.from("x"))));
    const listed = [];
    for await (const name of store.list("o/")) listed.push(name);
    expect(listed.sort()).toEqual(names.toSorted());
  }, 60_000);
});

function everythingIn(error: unknown): string {
  const parts: string[] = [];
  for (let link = error; link instanceof Error; link = link.cause) parts.push(JSON.stringify({ ...link }), String(link), link.stack ?? "");
  return parts.join("\n");
}
