/** Fetches a result from where the service says it is. The address is the service's word: nothing about it is taken on trust. */
import type { Progress } from "@/lib/generators/generator";
import { Failure } from "@/lib/http/errors";
import { largestPicture, readCapped } from "./body";
import { isWorthAnotherTry } from "./failures";
import { attempts, pause } from "./pause";

const mostRedirects = 3;

export type Download = {
  /** Whose results they are, for the log. */
  name: string;
  /** Whether results may lie at this host. */
  isExpected: (hostname: string) => boolean;
  headers?: Record<string, string>;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  /** The first wait between attempts, in milliseconds. */
  pauseMs: number;
};

/**
 * The bytes of a result. Only https, only hosts where results are expected, at every redirect again: an address on this network can be
 * none of them, and whoever bends a name to one has no certificate for it.
 * @throws Failure `model_nonsense`, `model_oversized`, `model_down`
 */
export async function download(address: string, options: Download): Promise<Uint8Array<ArrayBuffer>> {
  const { signal, onProgress } = options;
  const onBytes = (bytes: number, total: number | null) => onProgress({ type: "downloading", bytes, total });
  for (let attempt = 1; ; attempt++) {
    try {
      return await readCapped(await follow(address, options), { most: largestPicture, onBytes });
    } catch (error) {
      signal.throwIfAborted();
      // A connection that broke is no Failure; some hosts show a file only moments after they named it.
      const failure = error instanceof Failure ? error : new Failure("model_down", { cause: error });
      if (!isWorthAnotherTry(failure.code) || attempt >= attempts) throw failure;
    }
    await pause(options, attempt);
  }
}

async function follow(start: string, { name, isExpected, headers, signal }: Download): Promise<Response> {
  let url = checked(start, start, isExpected);
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const answer = await fetch(url, { redirect: "manual", signal, cache: "no-store", ...(headers && { headers }) });
    if (answer.ok) return answer;
    await answer.body?.cancel();
    const next = answer.headers.get("location");
    if (answer.status < 300 || answer.status >= 400 || next === null)
      throw new Failure("model_down", { cause: new Error(`results of ${name} answered ${answer.status}`) });
    url = checked(next, url.href, isExpected);
  }
  throw nonsense(`results of ${name} redirect in a circle`);
}

function checked(address: string, base: string, isExpected: Download["isExpected"]): URL {
  const url = URL.canParse(address, base) ? new URL(address, base) : null;
  if (url?.protocol !== "https:" || url.port || url.username || url.password || !isExpected(url.hostname))
    throw nonsense(`a result lies where none is expected${url ? `, at ${url.hostname}` : ""}`);
  return url;
}

function nonsense(reason: string): Failure {
  return new Failure("model_nonsense", { cause: new Error(reason) });
}
