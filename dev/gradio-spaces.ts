/**
 * A few Spaces as the Hub describes them and as Gradio answers there: over HTTP and server-sent events, in the format of its queue. What
 * is in square brackets in a prompt says how a call goes wrong (`dev/inference-router/scenario.ts`).
 */
import type { ServerResponse } from "node:http";
import { type Call, newCall, sendFile, tell } from "./gradio-spaces/call.ts";
import { configOf, infoOf, stageOf } from "./gradio-spaces/description.ts";
import { hostOf, type Space, spaceAt, spaces } from "./gradio-spaces/spaces.ts";
import { sendJson } from "./inference-router/answer.ts";

export type GradioSpaces = {
  /** What the Hub's API says beneath `/api/spaces/`. */
  describe: (path: string, response: ServerResponse) => void;
  answer: (
    host: string,
    path: string,
    search: URLSearchParams,
    body: Record<string, unknown>,
    response: ServerResponse,
  ) => Promise<void> | void;
};

const prefix = "/gradio_api";
const html = "<!doctype html><title>Preparing Space</title>";

/** @param paceMs length of one step of a call */
export function createGradioSpaces(paceMs: number): GradioSpaces {
  const calls = new Map<string, Call>();
  /** When a Space that sleeps was asked for. */
  const wokenAt = new Map<Space, number>();
  const stage = (space: Space) => stageOf(space, wokenAt.get(space), paceMs);

  function join(space: Space, body: Record<string, unknown>): [status: number, body: object | string] {
    const call = newCall(space, body);
    if (!call) return [422, { detail: [{ loc: ["body"], msg: "wrong number of values" }] }];
    const { ways } = call.job;
    if (ways.has("queue-full")) return [503, { detail: "Queue is full." }];
    if (ways.has("422")) return [422, { detail: "Value 999 is greater than maximum value 50." }];
    if (ways.has("html")) return [200, html];
    calls.set(call.session, call);
    return [200, { event_id: call.event }];
  }

  return {
    describe: (path, response) => {
      const [, name = "", part] = path.match(/^\/api\/spaces\/([^/]+\/[^/]+)\/(host|runtime)$/) ?? [];
      const space = spaces.find((candidate) => candidate.name === name && !candidate.isPrivate);
      if (!space) sendJson(response, 404, { error: "Repository not found" });
      else if (part === "host") sendJson(response, 200, { subdomain: hostOf(space).split(".")[0], host: `https://${hostOf(space)}` });
      else sendJson(response, 200, { stage: stage(space), hardware: { current: "zero-a10g", requested: "zero-a10g" } });
    },
    answer: (host, path, search, body, response) => {
      const space = spaceAt(host);
      if (!space) return sendJson(response, 404, html);
      if (!stage(space).startsWith("RUNNING")) {
        if (!wokenAt.has(space)) wokenAt.set(space, Date.now());
        return sendJson(response, 503, html);
      }
      if (path === "/config") return space.isBroken ? sendJson(response, 200, html) : sendJson(response, 200, configOf(space));
      if (path === `${prefix}/info`) return sendJson(response, 200, infoOf(space));
      if (path === `${prefix}/queue/join`) return sendJson(response, ...join(space, body));
      const session = search.get("session_hash") ?? String(body.session_hash ?? "");
      const call = calls.get(session) ?? [...calls.values()].find(({ job }) => path.endsWith(`/${job.id}/image.png`));
      if (!call) return sendJson(response, 404, { detail: "Not Found" });
      if (path === `${prefix}/queue/data`) return tell(call, paceMs, response);
      if (path === `${prefix}/cancel`) call.job.cancelled = true;
      if (path === `${prefix}/cancel`) return sendJson(response, 200, { success: true });
      return sendFile(call, paceMs, response);
    },
  };
}
