/** Requests to a Space and to the Hub about one. */
import { readCapped } from "@/lib/generators/elsewhere/body";
import { Failure, type FailureCode } from "@/lib/http/errors";

/** Who asks. Without a token a Space sees a stranger. */
export type Visit = { token: string | null; signal: AbortSignal };

const largestAnswer = 8 * 1024 * 1024;
const deadlineMs = 20_000;

export function headersOf({ token }: Visit): Record<string, string> {
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

type Meaning = Partial<Record<number, FailureCode>>;

/**
 * JSON at an address; with a body it is sent as JSON. Redirects are not followed: the token is meant for this host alone.
 * @param options `meaning`: what a status stands for here, where that is something of its own
 * @throws Failure `space_gone`, `space_busy`, `space_failed`, `access_ended`; `space_down` for everything that is no JSON
 */
export async function askJson(url: string, visit: Visit, { body, meaning }: { body?: object; meaning?: Meaning } = {}): Promise<unknown> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const headers = { ...headersOf(visit), ...(body && { "content-type": "application/json" }) };
  try {
    const answer = await fetch(url, {
      ...{ headers, redirect: "manual", cache: "no-store", signal: AbortSignal.any([visit.signal, deadline]) },
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
    const text = Buffer.from(await readCapped(answer, { most: largestAnswer })).toString("utf8");
    if (!answer.ok) throw failureOfStatus(answer.status, url, visit, meaning);
    return JSON.parse(text) as unknown;
  } catch (error) {
    visit.signal.throwIfAborted();
    throw error instanceof Failure && error.code !== "model_oversized" ? error : new Failure("space_down", { cause: error });
  }
}

/** What an answer that is no success means. A stranger is told that a private Space does not exist. */
export function failureOfStatus(status: number, url: string, { token }: Visit, meaning?: Meaning): Failure {
  const { hostname } = new URL(url);
  const isFromTheHub = hostname === "huggingface.co";
  const code: FailureCode =
    status === 401 && isFromTheHub && token !== null
      ? "access_ended"
      : (meaning?.[status] ?? usualMeaning[status] ?? (status >= 400 && status < 500 ? "space_failed" : "space_down"));
  return new Failure(code, { cause: new Error(`${hostname} answered ${status}`) });
}

const usualMeaning: Meaning = { 401: "space_gone", 403: "space_gone", 404: "space_gone", 429: "space_busy" };
