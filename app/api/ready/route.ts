import { storageStatus } from "@/lib/gallery/gallery";
import { json, publicRoute } from "@/lib/http/route";

/** Able to keep things. What exactly is wrong is for the log and the owner, not for everyone. */
export const GET = publicRoute({}, async () => {
  const { kind, problem } = await storageStatus();
  return json({ status: problem ? "storage_unavailable" : "ok", storage: kind }, problem ? 503 : 200);
});
