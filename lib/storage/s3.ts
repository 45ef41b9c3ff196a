/** Objects in an S3-compatible bucket: Hugging Face's own, AWS, R2, Ceph, MinIO. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  type S3ServiceException,
} from "@aws-sdk/client-s3";
import { checkedName, checkedPrefix, isName, ObjectCollision, type ObjectStore, StorageFailure } from "@/lib/storage/object-store";
import { persist } from "@/lib/storage/s3/attempts";
import { connect, type S3Place } from "@/lib/storage/s3/client";

/**
 * The object store in a bucket, below a prefix of it. The service must honour `If-None-Match: *` on PutObject: it is what publishes a
 * name once and never overwrites.
 * @param deadlineMs how long one operation may take with all its attempts, in milliseconds; for a listing, each page
 */
export function openS3({ place, deadlineMs = 60_000 }: { place: S3Place; deadlineMs?: number }): ObjectStore {
  const client = connect(place);
  const objectAt = (name: string) => ({ Bucket: place.bucket, Key: place.prefix + checkedName(name) });
  const persisting = <T>(failure: string, work: (signal: AbortSignal) => Promise<T>) => persist(work, { failure, deadlineMs, place });

  const read = async (name: string) => {
    const object = objectAt(name);
    return persisting(`${name} could not be read`, (signal) => readObject(client, object, signal));
  };

  async function* keysBelow(folder: string): AsyncIterable<string> {
    const failure = `${folder || "the bucket"} could not be listed`;
    let page: Page = { keys: [], next: undefined };
    do {
      const { next } = page;
      page = await persisting(failure, (signal) => readPage(client, place, { folder, after: next }, signal));
      yield* page.keys;
    } while (page.next !== undefined);
  }

  return {
    async publish(name, bytes) {
      const object = { ...objectAt(name), Body: Uint8Array.from(bytes) };
      if (await persisting(`${name} could not be published`, (signal) => createObject(client, object, signal))) return;
      const there = await read(name);
      if (!there) throw new StorageFailure(`${name} could not be published`, { cause: new Error("it is taken, and yet not there") });
      if (Buffer.compare(there, object.Body) !== 0) throw new ObjectCollision(name);
    },
    read,
    async *list(prefix) {
      for await (const name of keysBelow(checkedPrefix(prefix))) if (isName(name)) yield name;
    },
    async remove(name) {
      const object = objectAt(name);
      await persisting(`${name} could not be removed`, (abortSignal) => client.send(new DeleteObjectCommand(object), { abortSignal }));
    },
    async isEmpty() {
      for await (const key of keysBelow("")) if (!key.startsWith("tmp/")) return false;
      return true;
    },
  };
}

type ObjectKey = { Bucket: string; Key: string };

/** Creates an object; false when its name is taken, perhaps by an earlier attempt whose answer was lost. */
async function createObject(client: S3Client, object: ObjectKey & { Body: Uint8Array }, abortSignal: AbortSignal): Promise<boolean> {
  try {
    await client.send(new PutObjectCommand({ ...object, IfNoneMatch: "*" }), { abortSignal });
    return true;
  } catch (error) {
    if ((error as S3ServiceException).$metadata?.httpStatusCode === 412) return false;
    throw error;
  }
}

async function readObject(client: S3Client, object: ObjectKey, abortSignal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const { Body, ContentLength } = await client.send(new GetObjectCommand(object), { abortSignal });
    const bytes = new Uint8Array((await Body?.transformToByteArray()) ?? []);
    if (ContentLength !== undefined && bytes.length !== ContentLength) throw new Error("the answer was cut short");
    return bytes;
  } catch (error) {
    // Only this is an answer about the object: a bucket that is not there, for one, is a 404, too.
    if ((error as Error).name === "NoSuchKey") return null;
    throw error;
  }
}

type Page = { keys: string[]; next: string | undefined };
type PageRequest = { folder: string; after: string | undefined };

async function readPage(
  client: S3Client,
  { bucket, prefix }: S3Place,
  { folder, after }: PageRequest,
  abortSignal: AbortSignal,
): Promise<Page> {
  const query = { Bucket: bucket, Prefix: prefix + folder, ContinuationToken: after };
  // Keys of others may hold characters that XML cannot carry: encoded, they do not break the listing.
  const answer = await client.send(new ListObjectsV2Command({ ...query, EncodingType: "url" }), { abortSignal });
  const encoded = answer.EncodingType === "url";
  const keys = (answer.Contents ?? []).map(({ Key = "" }) => (encoded ? decodeURIComponent(Key.replaceAll("+", " ")) : Key));
  if (answer.IsTruncated && !answer.NextContinuationToken) throw new Error("the listing breaks off");
  const next = answer.IsTruncated ? answer.NextContinuationToken : undefined;
  return { keys: keys.filter((key) => key.startsWith(query.Prefix)).map((key) => key.slice(prefix.length)), next };
}
