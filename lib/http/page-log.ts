import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { logRequest, newRequestId } from "./log";
import { isPublicFile } from "./public-files";
import { patternOf } from "./route-pattern";

/**
 * Writes the one line of a request that no route handler answers: a page, a redirect of Next.js, what is not there. Route handlers
 * give the answer an id of their own and write their own line, since they know more. Files of the build have none.
 */
export function logOtherAnswers(request: IncomingMessage, response: ServerResponse): void {
  const [pathname = "/"] = (request.url ?? "/").split("?");
  if (isPublicFile(pathname)) return;
  const started = performance.now();
  const writeHead = response.writeHead;
  response.writeHead = ((...parameters: Parameters<typeof writeHead>) => {
    if (!response.hasHeader("x-request-id")) {
      const id = newRequestId();
      response.setHeader("x-request-id", id);
      response.once("finish", () => {
        const answered = { id, method: request.method ?? "GET", route: patternOf(pathname), status: response.statusCode };
        logRequest({ ...answered, milliseconds: performance.now() - started, person: null, failure: null });
      });
    }
    return writeHead.apply(response, parameters);
  }) as typeof writeHead;
}
