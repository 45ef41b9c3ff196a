import "server-only";
import type { NextRequest } from "next/server";
import { z } from "zod";
import type { Person } from "@/lib/auth/person";
import { requireFreshUser } from "@/lib/auth/session";
import { config } from "@/lib/config";
import { describeFailure, Failure, type FailureBody, type FailureCode, failures, toFailure } from "./errors";
import { logError } from "./log";

type RouteContext<Params> = { params: Promise<Params> };

type Settings<Body> = {
  /** The schema of a JSON body; its issue messages are failure codes. Without one no body is read. */
  body?: z.ZodType<Body>;
  /** What answers a failure: JSON unless the route is one that people open in a tab. */
  answerFailure?: (failure: Failure, id: string | null, request: NextRequest) => Response;
};

type Act<Params, Body, Who> = (input: {
  request: NextRequest;
  params: Params;
  body: Body;
  person: Who;
}) => Promise<Response | object | null>;

const largestBodyBytes = 64 * 1024;

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

function handle<Params, Body, Who>(settings: Settings<Body>, act: Act<Params, Body, Who>, authenticate: () => Promise<Who>) {
  return async (request: NextRequest, context: RouteContext<Params>): Promise<Response> => {
    try {
      if (request.method !== "GET" && request.method !== "HEAD") requireOwnOrigin(request);
      const person = await authenticate();
      const body = (settings.body ? await readBody(request, settings.body) : undefined) as Body;
      const result = await act({ request, params: await context.params, body, person });
      if (result instanceof Response) return result;
      return result === null ? new Response(null, { status: 204, headers: privateHeaders }) : json(result);
    } catch (error) {
      const failure = toFailure(error);
      const id = describeFailure(failure.code).status >= 500 ? logError(failure, `${request.method} ${request.nextUrl.pathname}`) : null;
      return (settings.answerFailure ?? failureResponse)(failure, id, request);
    }
  };
}

export const privateHeaders = {
  "cache-control": "private, no-store",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
};

/** JSON that no cache keeps and no other site can embed. */
export function json(value: object, status = 200): Response {
  return Response.json(value, { status, headers: privateHeaders });
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

async function readBody<Body>(request: NextRequest, schema: z.ZodType<Body>): Promise<Body> {
  if (!/^application\/json(?:;|$)/i.test(request.headers.get("content-type") ?? "")) throw new Failure("body_type_unsupported");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > largestBodyBytes) throw new Failure("body_too_large");
    chunks.push(chunk);
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
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
