/** Fetches a result from where the provider says it is. The address is the provider's word: nothing about it is taken on trust. */
import { Failure } from "@/lib/http/errors";
import { largestPicture, readCapped } from "./body";
import { isWorthAnotherTry } from "./failures";
import { attempts, type Call, pause } from "./router";

const mostRedirects = 3;

/**
 * The bytes of a result. Only https, only hosts that the provider is known to serve results from, at every redirect again: an address
 * on this network can be none of them, and whoever bends a name to one has no certificate for it.
 * @throws Failure `model_nonsense`, `model_oversized`, `model_down`
 */
export async function download(address: string, call: Call): Promise<Uint8Array<ArrayBuffer>> {
  const { signal, onProgress } = call;
  const onBytes = (bytes: number, total: number | null) => onProgress({ type: "downloading", bytes, total });
  for (let attempt = 1; ; attempt++) {
    try {
      return await readCapped(await follow(address, call), { most: largestPicture, onBytes });
    } catch (error) {
      signal.throwIfAborted();
      // A connection that broke is no Failure; some hosts show a file only moments after they named it.
      const failure = error instanceof Failure ? error : new Failure("model_down", { cause: error });
      if (!isWorthAnotherTry(failure.code) || attempt >= attempts) throw failure;
    }
    await pause(call, attempt);
  }
}

async function follow(start: string, { provider, signal }: Call): Promise<Response> {
  const { name, resultHosts } = provider;
  let url = checked(start, start, resultHosts);
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const answer = await fetch(url, { redirect: "manual", signal, cache: "no-store" });
    if (answer.ok) return answer;
    await answer.body?.cancel();
    const next = answer.headers.get("location");
    if (answer.status < 300 || answer.status >= 400 || next === null)
      throw new Failure("model_down", { cause: new Error(`results of ${name} answered ${answer.status}`) });
    url = checked(next, url.href, resultHosts);
  }
  throw nonsense(`results of ${name} redirect in a circle`);
}

function checked(address: string, base: string, hosts: readonly string[]): URL {
  const url = URL.canParse(address, base) ? new URL(address, base) : null;
  const isExpected = hosts.some((host) => url?.hostname === host || url?.hostname.endsWith(`.${host}`));
  if (url?.protocol !== "https:" || url.port || url.username || url.password || !isExpected)
    throw nonsense(`a result lies where none is expected${url ? `, at ${url.hostname}` : ""}`);
  return url;
}

function nonsense(reason: string): Failure {
  return new Failure("model_nonsense", { cause: new Error(reason) });
}
