import { setTimeout as pause } from "node:timers/promises";
import { StorageFailure } from "@/lib/storage/object-store";

type Persistence = {
  /** What to say when it does not succeed. */
  failure: string;
  deadlineMs: number;
  place: { accessKeyId: string; secretAccessKey: string };
};

const mostAttempts = 5;
const firstPauseMs = 200;

/** What the SDK's errors carry beside a name and a message. */
type ServiceError = Error & { code?: string; $metadata?: { httpStatusCode?: number } };

/**
 * Does work until it succeeds, until asking again would not help, or until the deadline has passed, whatever the work does then.
 * @throws StorageFailure whose cause says what the service said, without our credentials
 */
export async function persist<T>(work: (signal: AbortSignal) => Promise<T>, { failure, deadlineMs, place }: Persistence): Promise<T> {
  const signal = AbortSignal.timeout(deadlineMs);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await beforeAbort(signal, work(signal));
    } catch (error) {
      if (signal.aborted) throw new StorageFailure(`${failure} in time`, { cause: withoutSecrets(error, place) });
      if (attempt >= mostAttempts || !isPassing(error as ServiceError)) {
        throw new StorageFailure(failure, { cause: withoutSecrets(error, place) });
      }
      await pause(firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {});
    }
  }
}

/** True for what may be otherwise in a moment: no answer, one that was cut short, or one that says so. */
function isPassing({ $metadata }: ServiceError): boolean {
  const status = $metadata?.httpStatusCode;
  return status === undefined || status < 400 || status === 408 || status === 409 || status === 429 || status >= 500;
}

// An answer whose headers have come may still hang in its body, where the SDK does not look at the signal.
function beforeAbort<T>(signal: AbortSignal, working: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    working.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

const full = new Set(["QuotaExceeded", "InsufficientStorage", "XMinioStorageFull", "InsufficientCapacity"]);

// Services repeat the key, and what they would have signed, in their errors: only the name, the status and a cleaned message stay.
function withoutSecrets(error: unknown, { accessKeyId, secretAccessKey }: Persistence["place"]): Error {
  const { name, message, code, $metadata } = error as ServiceError;
  const status = $metadata?.httpStatusCode;
  const said = `${name}${status === undefined ? "" : ` (${status})`}: ${message}`;
  const clean = new Error(said.replaceAll(secretAccessKey, "…").replaceAll(accessKeyId, "…"));
  return Object.assign(clean, { code: full.has(name) || status === 507 ? "ENOSPC" : code });
}
