import "server-only";
import type { NextRequest } from "next/server";
import { z } from "zod";
import type { Person } from "@/lib/auth/person";
import { requireFreshUser } from "@/lib/auth/session";
import { config } from "@/lib/config";
import type { MakingFailure } from "@/lib/gallery/making";
import { features } from "@/lib/site";
import { describeFailure, Failure, type FailureBody, type FailureCode, failures, toFailure } from "./errors";
import { logError, logRequest, newRequestId } from "./log";
import { addressOf, type Limited, limited } from "./rate-limit";
import { patternOf } from "./route-pattern";

type RouteContext<Params> = { params: Promise<Params> };

type Settings<Body> = {
  /** The part of the app that this belongs to: where that is switched off there is nothing here. */
  feature?: keyof typeof features;
  /** The schema of a JSON body; its issue messages are failure codes. Without one no body is read. */
  body?: z.ZodType<Body>;
  /** The body is that of a form (`application/x-www-form-urlencoded`), as a browser sends it to download the answer. */
  isForm?: boolean;
  /** How large a body may be; 64 KiB when nothing else is said. */
  largestBodyBytes?: number;
  /** How often one person, or one address on public routes, may ask. */
  limit?: Limited;
  /** What answers a failure: JSON unless the route is one that people open in a tab. */
  answerFailure?: (failure: Failure, id: string | null, request: NextRequest) => Response;
};

type Act<Params, Body, Who> = (input: {
  request: NextRequest;
  params: Params;
  body: Body;
  person: Who;
}) => Promise<Response | object | null>;

/** Until a picture in line is likely to be finished. */
const shortWaitSeconds = 5;
const usualBodyBytes = 64 * 1024;

/**
 * A route handler in four beats: parse, authenticate, act, answer. Only the signed-in person gets through.
 * An object becomes JSON, null becomes 204, a Response stays; anything thrown becomes the sentence of its failure code.
 */
export function privateRoute<Params = unknown, Body = undefined>(settings: Settings<Body>, act: Act<Params, Body, Person>) {
  return handle(settings, act, requireFreshUser);
}

/** The same for routes that anyone may use. */
export function publicRoute<Params = unknown, Body = undefined>(settings: Settings<Body>, act: Act<Params, Body, null>) {
  return handle(settings, act, async () => null);
}

function handle<Params, Body, Who extends Person | null>(
  settings: Settings<Body>,
  act: Act<Params, Body, Who>,
  authenticate: () => Promise<Who>,
) {
  return async (request: NextRequest, context: RouteContext<Params>): Promise<Response> => {
    const started = performance.now();
    const id = newRequestId();
    const params = await context.params;
    const seen: { person: Person | null; failure: Failure | null } = { person: null, failure: null };
    const answer = async (): Promise<Response> => {
      try {
        if (settings.feature && !features[settings.feature]) throw new Failure("not_found");
        if (request.method !== "GET" && request.method !== "HEAD") requireOwnOrigin(request);
        const person = await authenticate();
        seen.person = person;
        const work = async () => {
          const body = (settings.body ? await readBody(request, settings.body, settings) : undefined) as Body;
          return act({ request, params, body, person });
        };
        const result = await (settings.limit ? limited(settings.limit, person?.id ?? addressOf(request), work) : work());
        if (result instanceof Response) return result;
        return result === null ? new Response(null, { status: 204, headers: privateHeaders }) : json(result);
      } catch (error) {
        const failure = toFailure(error);
        seen.failure = failure;
        const isUnexpected = describeFailure(failure.code).status >= 500;
        return (settings.answerFailure ?? failureResponse)(failure, isUnexpected ? id : null, request);
      }
    };
    const response = await answer();
    response.headers.set("x-request-id", id);
    if (response.status === 429) response.headers.set("retry-after", String(seen.failure?.retryAfterSeconds ?? shortWaitSeconds));
    logRequest({
      id,
      method: request.method,
      route: patternOf(request.nextUrl.pathname, params ?? {}),
      status: response.status,
      milliseconds: performance.now() - started,
      person: seen.person?.id ?? null,
      failure: seen.failure,
    });
    return response;
  };
}

/** A failure that is told within an answer which had begun. Only what is unexpected, from status 500 up, is logged and has an id. */
export function failureOfMaking(failure: Failure): MakingFailure {
  const { error } = failureBody(failure, logUnexpected(failure, "making a picture"));
  const { retryAfterSeconds: seconds } = failure;
  return seconds === undefined ? error : { ...error, retryAt: new Date(Date.now() + seconds * 1000).toISOString() };
}

/** The id of the log line of a failure that is told within an answer: only what is unexpected, from status 500 up, has one. */
export function logUnexpected(failure: Failure, where: string): string | null {
  return describeFailure(failure.code).status >= 500 ? logError(failure, where) : null;
}

export const privateHeaders = {
  "cache-control": "private, no-store",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
};

/** JSON that no cache keeps and no other site can embed. */
export function json(value: object, status = 200): Response {
  return Response.json(value, { status, headers: { ...privateHeaders, "content-type": "application/json; charset=utf-8" } });
}

/** A failure as the API tells it. */
export function failureBody(failure: Failure, id: string | null): FailureBody {
  return { error: { code: failure.code, message: describeFailure(failure.code).message, id } };
}

/** An error answer of the API. @param id names the log line of an unexpected failure */
export function failureResponse(failure: Failure, id: string | null): Response {
  return json(failureBody(failure, id), describeFailure(failure.code).status);
}

/**
 * State changes are accepted from our own pages only: Origin is compared with the configured origins, never with request headers
 * that a proxy or a caller may have written. @throws Failure `foreign_origin`
 */
function requireOwnOrigin(request: NextRequest): void {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (!origin || !config().origins.includes(origin) || (site !== null && site !== "same-origin")) throw new Failure("foreign_origin");
}

async function readBody<Body>(
  request: NextRequest,
  schema: z.ZodType<Body>,
  { isForm, largestBodyBytes = usualBodyBytes }: Settings<Body>,
) {
  const type = isForm ? /^application\/x-www-form-urlencoded(?:;|$)/i : /^application\/json(?:;|$)/i;
  if (!type.test(request.headers.get("content-type") ?? "")) throw new Failure("body_type_unsupported");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > largestBodyBytes) throw new Failure("body_too_large");
    chunks.push(chunk);
  }
  let value: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
    value = isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
  } catch (cause) {
    throw new Failure("request_malformed", { cause });
  }
  return parse(schema, value);
}

/** A value as its schema wants it. @throws Failure whose code is the first issue's message, else `request_malformed` */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const code = parsed.error.issues
    .map(({ message }) => message)
    .find((message): message is FailureCode => Object.hasOwn(failures, message));
  throw new Failure(code ?? "request_malformed", { cause: new Error(z.prettifyError(parsed.error)) });
}
