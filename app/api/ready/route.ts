import { storageStatus } from "@/lib/gallery/gallery";
import { json, publicRoute } from "@/lib/http/route";

/** Able to keep things. What exactly is wrong is for the log and the owner, not for everyone. */
export const GET = publicRoute({}, async () => {
  const { kind, problem, catchingUp, alarm } = await storageStatus();
  const state = { storage: kind, catchingUp, alarm: alarm !== null };
  return json({ status: problem ? "storage_unavailable" : "ok", ...state }, problem ? 503 : 200);
});
