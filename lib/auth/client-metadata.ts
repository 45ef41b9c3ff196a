import "server-only";
import { config } from "@/lib/config";
import { Failure } from "@/lib/http/errors";
import { site } from "@/lib/site";

/**
 * The client ID metadata document of an app that describes itself: its client id is the document's own address
 * (draft-ietf-oauth-client-id-metadata-document, section 4). There is no secret in it, and none behind it.
 * @throws Failure `not_found` when the app is registered at the provider instead
 */
export function clientMetadata() {
  const { oauth, origin, selfDescribed } = config();
  if (!selfDescribed || !oauth) throw new Failure("not_found");
  return {
    client_id: oauth.clientId,
    client_name: site.name,
    client_uri: origin,
    logo_uri: `${origin}/icon.svg`,
    redirect_uris: [origin + oauth.callbackPath],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
    scope: oauth.scopes,
  };
}
