/** oidc-provider, set up to behave like huggingface.co. */
import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import Provider, { type Configuration, interactionPolicy } from "oidc-provider";
import { createAccessToken } from "./access-token.ts";
import { claimsOfScopes, hubScopes, identityClaims, userinfoClaims } from "./claims.ts";
import type { Directory } from "./directory.ts";
import { createMemoryAdapter } from "./memory-adapter.ts";
import { messagePage } from "./page.ts";
import type { Client, IdentityProviderSettings } from "./settings.ts";

const day = 24 * 3600;

/** The provider of one issuer, with a fresh RS256 key. */
export async function createProvider(issuer: string, settings: IdentityProviderSettings, directory: Directory): Promise<Provider> {
  const { accessTokenLifetime = 8 * 3600, idTokenLifetime = 3600, refreshTokens = false } = settings;
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const configuration: Configuration = {
    adapter: createMemoryAdapter(),
    clients: settings.clients.map((client) => clientMetadata(client, refreshTokens)),
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig" }] },
    cookies: {
      keys: [randomBytes(32).toString("base64url")],
      names: { session: "hub-session", interaction: "hub-interaction", resume: "hub-resume" },
    },
    routes: { authorization: "/oauth/authorize", token: "/oauth/token", userinfo: "/oauth/userinfo", jwks: "/oauth/jwks" },
    scopes: hubScopes,
    claims: claimsOfScopes,
    // The Hub puts the identity into the ID token as well, although the code flow would allow it to wait for userinfo.
    conformIdTokenClaims: false,
    responseTypes: ["code"],
    clientAuthMethods: ["client_secret_basic", "none"],
    enabledJWA: { idTokenSigningAlgValues: ["RS256"], userinfoSigningAlgValues: ["RS256"] },
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    extraParams: ["orgIds"],
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false },
    },
    interactions: { policy: alwaysAsk(), url: (_context, { uid }) => `/consent/${uid}` },
    ttl: {
      AccessToken: accessTokenLifetime,
      AuthorizationCode: 60,
      Grant: 30 * day,
      IdToken: idTokenLifetime,
      Interaction: 3600,
      RefreshToken: 30 * day,
      Session: 3600,
    },
    expiresWithSession: () => false,
    issueRefreshToken: () => refreshTokens,
    rotateRefreshToken: true,
    clientBasedCORS: () => false,
    loadExistingGrant: async ({ oidc }) => {
      const accountId = oidc.session?.accountId;
      if (!oidc.client || !accountId) return undefined;
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId });
      grant.addOIDCScope([...oidc.requestParamScopes].join(" "));
      const grantId = await grant.save();
      directory.openOrganizations(grantId, (oidc.result?.consent as { organizations?: string[] } | undefined)?.organizations ?? []);
      return grant;
    },
    findAccount: (_context, sub, token) => {
      const person = directory.bySubject(sub);
      if (!person) return undefined;
      const openedOrganizations = directory.openedOrganizations((token as { grantId?: string } | undefined)?.grantId);
      return {
        accountId: sub,
        claims: (use, scope) => {
          if (use === "id_token") return identityClaims(person, issuer);
          return userinfoClaims(person, { openedOrganizations, scopes: new Set(scope.split(" ")), issuer });
        },
      };
    },
    renderError: (context, { error, error_description }) => {
      context.type = "html";
      context.body = messagePage("This sign-in cannot go on", `${error}: ${error_description ?? "no more is known"}`);
    },
  };
  const provider = new Provider(issuer, configuration);
  provider.on("server_error", (_context, error) => console.error("The identity provider failed:", error));
  acceptAnyRedirectOfAnOrigin(provider, settings.clients);
  handOutHubTokens(provider, { issuer, directory, lifetime: accessTokenLifetime });
  return provider;
}

function clientMetadata(client: Client, refreshTokens: boolean) {
  return {
    client_id: client.id,
    ...(client.secret !== undefined && { client_secret: client.secret }),
    client_name: client.name,
    token_endpoint_auth_method: client.secret === undefined ? ("none" as const) : ("client_secret_basic" as const),
    grant_types: ["authorization_code", ...(refreshTokens ? ["refresh_token"] : [])],
    response_types: ["code" as const],
    redirect_uris: client.origins.map((origin) => `${origin}/`),
    scope: client.scopes.join(" "),
  };
}

// One page answers both "who are you" and "may this app"; it is shown at every sign-in, with or without `prompt`.
function alwaysAsk(): interactionPolicy.DefaultPolicy {
  const { Check, Prompt } = interactionPolicy;
  const policy = interactionPolicy.base();
  policy.clear();
  policy.add(
    new Prompt(
      { name: "login", requestable: true },
      new Check("no_person", "End-User authentication is required", "login_required", ({ oidc }) => !oidc.result?.login),
    ),
  );
  policy.add(new Prompt({ name: "consent", requestable: true }));
  return policy;
}

function acceptAnyRedirectOfAnOrigin(provider: Provider, clients: readonly Client[]): void {
  provider.Client.prototype.redirectUriAllowed = function redirectUriAllowed(redirectUri) {
    const origins = clients.find(({ id }) => id === this.clientId)?.origins ?? [];
    return origins.includes(URL.parse(redirectUri)?.origin ?? "");
  };
}

function handOutHubTokens(provider: Provider, hub: { issuer: string; directory: Directory; lifetime: number }): void {
  type Token = { accountId: string; clientId?: string; scope?: string };
  const prototype = provider.AccessToken.prototype as unknown as { generateTokenId(this: Token): string };
  const generateTokenId = prototype.generateTokenId;
  Object.assign(prototype, {
    generateTokenId(this: Token) {
      // Also settles, inside oidc-provider, that the token is opaque.
      generateTokenId.call(this);
      const { issuer, lifetime } = hub;
      const own = hub.directory.bySubject(this.accountId)?.accessToken;
      return (
        own ?? createAccessToken({ issuer, lifetime, subject: this.accountId, clientId: this.clientId ?? "", scope: this.scope ?? "" })
      );
    },
  });
}
