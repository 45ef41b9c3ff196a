/** Calls to Hugging Face's router. The package `@huggingface/inference` writes the requests; sending and following them is ours. */

import type { InferenceProviderMappingEntry } from "@huggingface/inference";
import { readCapped } from "@/lib/generators/elsewhere/body";
import { checkedToken } from "@/lib/generators/elsewhere/token";
import type { Account, ImageRequest, Progress } from "@/lib/generators/generator";
import { Failure } from "@/lib/http/errors";
import { failureOfAnswer } from "./failures";
import type { Provider, Route } from "./provider";

const routerOrigin = "https://router.huggingface.co";

/** What every request of one piece of work has in common. */
export type Call = {
  provider: Provider;
  account: Account;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  /** The first wait between attempts and between polls, in milliseconds. */
  pauseMs: number;
};

/**
 * The request for one picture, as the provider wants it.
 * The package also has functions that send it, poll and download. They are not used: most of their requests carry no deadline and no
 * cap, their retries have no end, and they lose the id of a job that was accepted.
 */
export async function writeRequest(
  { provider, account }: Pick<Call, "provider" | "account">,
  route: Route,
  request: ImageRequest,
): Promise<{ url: string; init: RequestInit }> {
  // It is large and not needed before somebody asks for a model.
  const { getProviderHelper, makeRequestOptionsFromResolvedModel } = await import("@huggingface/inference");
  const { providerId, adapter, adapterWeightsPath } = route;
  const model = request.model ?? providerId;
  const mapping: InferenceProviderMappingEntry = {
    ...{ provider: provider.id, hfModelId: model, providerId, status: "live", task: "text-to-image" },
    ...(adapter && { adapter }),
    ...(adapterWeightsPath && { adapterWeightsPath }),
  };
  const parameters = Object.fromEntries(
    Object.entries(provider.parameters(request, providerId)).filter(([, value]) => value !== undefined),
  );
  const { url, info } = makeRequestOptionsFromResolvedModel(
    providerId,
    getProviderHelper(provider.id, "text-to-image"),
    { accessToken: checkedToken(account), provider: provider.id, model, inputs: request.prompt, parameters } as never,
    mapping,
    { task: "text-to-image", ...(account.billTo && { billTo: account.billTo }) },
  );
  if (new URL(url).origin !== routerOrigin)
    throw new Failure("unexpected", { cause: new Error(`${provider.id} is not asked by the router`) });
  return { url, init: info };
}

/** Asks at a path of the router: how work goes that was accepted, or to stop it. */
export function ask(call: Call, path: string, method: "GET" | "PUT" | "POST" = "GET"): Promise<unknown> {
  const headers: Record<string, string> = { authorization: `Bearer ${checkedToken(call.account)}` };
  if (call.account.billTo) headers["x-hf-bill-to"] = call.account.billTo;
  if (call.provider.id === "zai-org") headers["x-source-channel"] = "hugging_face";
  return send(call, routerOrigin + path, { method, headers });
}

/**
 * Sends one request; resolves with bytes or with JSON.
 * @throws Failure of the answer's status; `model_down` when nobody could be asked, `model_late` when the connection broke; `model_nonsense` when it is neither picture nor JSON
 */
export async function send({ provider, signal, onProgress }: Call, url: string, init: RequestInit): Promise<unknown> {
  let answer: Response;
  let body: Uint8Array<ArrayBuffer>;
  try {
    answer = await fetch(url, { ...init, redirect: "manual", signal, cache: "no-store" });
    const isPicture = answer.headers.get("content-type")?.startsWith("image/");
    const onBytes = (bytes: number, total: number | null) => onProgress({ type: "downloading", bytes, total });
    body = await readCapped(answer, isPicture ? { onBytes } : {});
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failure) throw error;
    throw new Failure(wasNeverSent(error) ? "model_down" : "model_late", { cause: error });
  }
  if (!answer.ok) {
    const failure = failureOfAnswer(provider.name, answer.status, Buffer.from(body.subarray(0, 10_000)).toString("utf8"));
    const seconds = Number(answer.headers.get("retry-after"));
    throw seconds > 0 ? new Failure(failure.code, { cause: failure.cause, retryAfterSeconds: seconds }) : failure;
  }
  if (answer.headers.get("content-type")?.startsWith("image/")) return body;
  try {
    return JSON.parse(Buffer.from(body).toString("utf8")) as unknown;
  } catch {
    throw new Failure("model_nonsense", { cause: new Error(`${provider.name} sent neither a picture nor JSON`) });
  }
}

/** A connection that broke later may have left a request behind that is carried out and billed: it must not be sent again. */
function wasNeverSent(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  return /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(cause?.code ?? "");
}
