import { publicRoute } from "@/lib/http/route";

/** Alive: answers without asking storage, the provider or anyone else. */
export const GET = publicRoute({}, async () => ({ status: "ok" }));
