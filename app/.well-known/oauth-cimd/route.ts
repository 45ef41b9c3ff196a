import { clientMetadata } from "@/lib/auth/client-metadata";
import { publicRoute } from "@/lib/http/route";

/** What the provider may know about this app, when it is not registered there (`OAUTH_CLIENT_ID=__CIMD__`). */
export const GET = publicRoute({}, async () => Response.json(clientMetadata(), { headers: { "cache-control": "public, max-age=300" } }));
