/** The browser's side of the HTTP interface: JSON in, JSON out, failures as sentences that a person can read. */
import type { ClientKey, Words } from "@/lib/language/words";

type PublicError = { code: string; message: string; id: string | null };

/** What the server refused or could not do; `message` is its sentence in English, `id` finds it in the server's log. */
export class ApiFailure extends Error {
  readonly code: string;
  readonly id: string | null;

  constructor(code: string, message: string, id: string | null = null) {
    super(message);
    this.name = "ApiFailure";
    this.code = code;
    this.id = id;
  }
}

/** No answer came, or none that can be read: codes of our own, which have their sentences among the messages. */
export const unreachable = () => new ApiFailure("unreachable", "unreachable");

/** What a failure says in the person's language; `otherwise` is for what is none of ours. */
export function sentenceOf(words: Words<ClientKey>, error: unknown, otherwise: ClientKey & `${"done" | "error"}.${string}`): string {
  return error instanceof ApiFailure ? words.sentence(error.code, error.message) : (words.known(otherwise) ?? "");
}

/**
 * Sends a request and resolves with the response when it succeeded.
 * @throws ApiFailure with the server's sentence, or one of ours when there was no answer
 * @throws the signal's reason when it was aborted
 */
export async function request(method: "GET" | "POST" | "PATCH" | "DELETE", path: string, options: RequestOptions = {}): Promise<Response> {
  const { body, accept = "application/json", signal } = options;
  const headers: Record<string, string> = { accept };
  if (body !== undefined) headers["content-type"] = "application/json";
  let response: Response;
  try {
    const content = body === undefined ? null : JSON.stringify(body);
    // A change of a picture is shown at once, so it has to arrive also when the page is left at once.
    const keepalive = method === "PATCH" || method === "DELETE";
    response = await fetch(path, { method, headers, body: content, keepalive, signal: signal ?? null });
  } catch {
    signal?.throwIfAborted();
    throw unreachable();
  }
  if (response.ok) return response;
  throw await failureOf(response);
}

type RequestOptions = { body?: unknown; accept?: string; signal?: AbortSignal };

/** As `request`, with the answer read as JSON. */
export async function requestJson<T>(method: "GET" | "POST" | "PATCH" | "DELETE", path: string, options: RequestOptions = {}): Promise<T> {
  const response = await request(method, path, options);
  return (await response.json()) as T;
}

/** What an answer that is not a success says. */
export async function failureOf(response: Response): Promise<ApiFailure> {
  try {
    const { error } = (await response.json()) as { error: PublicError };
    return new ApiFailure(error.code, error.message, error.id);
  } catch {
    return new ApiFailure("unreadable", "unreadable");
  }
}
