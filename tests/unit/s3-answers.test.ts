/** What a real server cannot be made to do on demand: redirects, lost and broken answers, silence. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { ObjectCollision, StorageFailure } from "@/lib/storage/object-store";
import { openS3 } from "@/lib/storage/s3";

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A server that gives these answers in turn, the last one again and again, and keeps what it was asked. */
async function scripted(...answers: Answer[]) {
  const asked: { method: string; url: string; headers: IncomingMessage["headers"] }[] = [];
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    asked.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers });
    answers[Math.min(asked.length, answers.length) - 1]?.(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.closeAllConnections());
  onTestFinished(() => void server.close());
  return { asked, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const open = (endpoint: string, deadlineMs?: number) =>
  openS3({
    place: { endpoint, region: "us-east-1", bucket: "b", prefix: "p/", accessKeyId: "AN-ACCESS-KEY", secretAccessKey: "a-secret-key" },
    ...(deadlineMs !== undefined && { deadlineMs }),
  });

const ok: (body: string) => Answer = (body) => (response) => response.writeHead(200, { "content-length": body.length }).end(body);
const error: (status: number, code: string, message?: string) => Answer =
  (status, code, message = "") =>
  (response) =>
    response
      .writeHead(status, { "content-type": "application/xml" })
      .end(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
const lost: Answer = (response) => response.destroy();
const cutShort: Answer = (response) => {
  response.writeHead(200, { "content-length": 100 });
  response.write("half");
  setTimeout(() => response.destroy(), 20);
};
const silence: Answer = () => {};
const text = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString();

describe("downloads that lead elsewhere", () => {
  it("follows a 302 and does not sign what it asks there", async () => {
    const elsewhere = await scripted(ok("the image"));
    const gateway = await scripted((response) => response.writeHead(302, { location: `${elsewhere.endpoint}/blob?permission=1` }).end());
    expect(text(await open(gateway.endpoint).read("a.png"))).toBe("the image");
    expect(gateway.asked[0]).toMatchObject({ method: "GET", url: expect.stringContaining("/b/p/a.png") });
    expect(gateway.asked[0]?.headers.authorization).toContain("AWS4-HMAC-SHA256");
    expect(elsewhere.asked[0]?.url).toBe("/blob?permission=1");
    expect(elsewhere.asked[0]?.headers).not.toHaveProperty("authorization");
  });

  it("takes nothing but the object's absence for absence", async () => {
    const nowhere = await scripted(error(404, "NoSuchKey"));
    expect(await open(nowhere.endpoint).read("a")).toBeNull();
    for (const answer of [error(404, "NoSuchBucket"), error(403, "AccessDenied"), error(404, "")]) {
      const { endpoint } = await scripted(answer);
      await expect(open(endpoint).read("a")).rejects.toBeInstanceOf(StorageFailure);
    }
    const gone = await scripted(error(404, "NotFound"));
    const gateway = await scripted((response) => response.writeHead(302, { location: gone.endpoint }).end());
    await expect(open(gateway.endpoint).read("a")).rejects.toBeInstanceOf(StorageFailure);
  });
});

describe("answers that fail", () => {
  it("asks again when an answer is lost, cut short, or says that it may be otherwise", async () => {
    const { endpoint, asked } = await scripted(lost, cutShort, error(503, "SlowDown"), ok("whole"));
    expect(text(await open(endpoint).read("a"))).toBe("whole");
    expect(asked).toHaveLength(4);
  });

  it("gives up after a bounded number of attempts", async () => {
    const { endpoint, asked } = await scripted(error(500, "InternalError"));
    await expect(open(endpoint).read("a")).rejects.toMatchObject({ name: "StorageFailure", message: "a could not be read" });
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.length).toBeLessThan(10);
  });

  it("does not ask again what was refused", async () => {
    const { endpoint, asked } = await scripted(error(403, "AccessDenied"));
    await expect(open(endpoint).publish("a", Buffer.from("x"))).rejects.toBeInstanceOf(StorageFailure);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ["no answer", silence],
    ["a body that never ends", ((response) => void response.writeHead(200, { "content-length": 100 }).write("half")) as Answer],
    [
      "a redirect into silence",
      ((response, request) => {
        if (request.url === "/silence") return;
        response.writeHead(302, { location: "/silence" }).end();
      }) as Answer,
    ],
  ])("keeps its deadline: %s", async (_, answer) => {
    const { endpoint } = await scripted(answer);
    await expect(open(endpoint, 300).read("a")).rejects.toMatchObject({ name: "StorageFailure", message: "a could not be read in time" });
  });

  it.each([
    [507, "InsufficientStorage"],
    [403, "QuotaExceeded"],
  ])(
    "knows that there is no room left: %i %s",
    async (status, code) => {
      const { endpoint } = await scripted(error(status, code));
      await expect(open(endpoint).publish("a", Buffer.from("x"))).rejects.toMatchObject({ full: true });
    },
    20_000,
  );

  it("shows no credentials, even when the service repeats them", async () => {
    const { endpoint } = await scripted(error(403, "InvalidAccessKeyId", "AN-ACCESS-KEY with a-secret-key is not known"));
    const failure = await open(endpoint)
      .read("a")
      .catch((thrown: Error) => thrown);
    const cause = (failure as Error).cause as Error;
    expect(cause.message).toContain("InvalidAccessKeyId (403)");
    for (const said of [JSON.stringify(failure), JSON.stringify(cause), cause.message, cause.stack]) {
      expect(said).not.toMatch(/AN-ACCESS-KEY|a-secret-key/);
    }
  });

  it("never takes a listing that breaks off for a whole one", async () => {
    const page = "<ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>p/o/a</Key></Contents></ListBucketResult>";
    const { endpoint } = await scripted((response) => response.writeHead(200, { "content-type": "application/xml" }).end(page));
    const listing = async () => {
      for await (const _ of open(endpoint).list("o/"));
    };
    await expect(listing()).rejects.toBeInstanceOf(StorageFailure);
  }, 20_000);
});

describe("publishing", () => {
  it("is a conditional put, and an answer that was lost is settled by what lies there", async () => {
    const done = await scripted(lost, error(412, "PreconditionFailed"), ok("bytes"));
    await open(done.endpoint).publish("a", Buffer.from("bytes"));
    expect(done.asked.map(({ method }) => method)).toEqual(["PUT", "PUT", "GET"]);
    expect(done.asked[0]?.headers["if-none-match"]).toBe("*");

    const taken = await scripted(error(409, "ConditionalRequestConflict"), error(412, "PreconditionFailed"), ok("other"));
    await expect(open(taken.endpoint).publish("a", Buffer.from("bytes"))).rejects.toBeInstanceOf(ObjectCollision);
  });
});
