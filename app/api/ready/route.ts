import { storageStatus } from "@/lib/gallery/gallery";
import { json, publicRoute } from "@/lib/http/route";

/** Able to keep things. What exactly is wrong is for the log and the owner, not for everyone. */
export const GET = publicRoute({}, async () => {
  const { kind, problem, backlog, catchingUp, alarm } = await storageStatus();
  const waiting = { objects: backlog?.objects ?? 0, oldestSeconds: backlog?.oldestSeconds ?? 0, problem: backlog?.publicProblem ?? null };
  const state = { storage: kind, backlog: waiting, catchingUp, alarm: alarm !== null };
  return json({ status: problem ? "storage_unavailable" : "ok", ...state }, problem ? 503 : 200);
});
