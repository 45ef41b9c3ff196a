import { Readable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import { S3Client } from "@aws-sdk/client-s3";

export type S3Place = {
  /** Where the service answers; null means AWS in that region. */
  endpoint: string | null;
  region: string;
  bucket: string;
  /** Put before every name: either empty or ending in `/`. */
  prefix: string;
  accessKeyId: string;
  secretAccessKey: string;
};

type RawAnswer = { statusCode: number; headers: Record<string, string>; body: unknown };

const connectMs = 10_000;
const silenceMs = 30_000;
const redirects = new Set([301, 302, 303, 307, 308]);

/** A client that asks once per call, checks no checksums that older services do not know, and follows redirected downloads. */
export function connect({ endpoint, region, accessKeyId, secretAccessKey }: S3Place): S3Client {
  const client = new S3Client({
    ...(endpoint !== null && { endpoint }),
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { connectionTimeout: connectMs, socketTimeout: silenceMs, requestTimeout: silenceMs, throwOnRequestTimeout: true },
  });
  // Between the SDK's reading of an answer and the wire: "low" is nearer to the wire.
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (request) => {
        const result = await next(request);
        const answer = result.response as RawAnswer;
        if (commandName === "GetObjectCommand" && redirects.has(answer.statusCode)) await follow(answer, endpoint);
        return result;
      },
    { step: "deserialize", priority: "low", name: "followRedirectedDownloads" },
  );
  return client;
}

/**
 * Hugging Face's gateway sends downloads elsewhere, to an address that carries its own short-lived permission: what is asked there is
 * asked without our signature. The answer takes the place of the redirect.
 */
async function follow(answer: RawAnswer, endpoint: string | null): Promise<void> {
  const { location } = answer.headers;
  if (!location) return;
  if (answer.body instanceof Readable) answer.body.resume();
  const address = new URL(location, endpoint ?? undefined);
  if (address.protocol !== "https:" && !endpoint?.startsWith("http:"))
    throw new Error("a download was redirected to an address without TLS");
  const { status, headers, body } = await fetch(address, { signal: AbortSignal.timeout(silenceMs) });
  answer.statusCode = status;
  answer.headers = Object.fromEntries(headers);
  answer.body = body ? Readable.fromWeb(body as WebStream) : Readable.from([]);
}
