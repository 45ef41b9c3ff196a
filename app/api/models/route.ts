import { listModels } from "@/lib/gallery/models";
import { privateRoute } from "@/lib/http/route";

/** The models that can be chosen, by generator. */
export const GET = privateRoute({ feature: "models", limit: "list" }, async () => ({ models: await listModels() }));
