/** What the identity provider may be told. */
import type { Person } from "./people.ts";

export type Client = {
  id: string;
  /** Without a secret the client is public: PKCE alone proves who redeems the code. */
  secret?: string;
  name: string;
  /** Any redirect URI on one of these origins is accepted, as the Hub does for a Space. */
  origins: readonly string[];
  /** What the app may ask for; asking for more is a scope error. */
  scopes: readonly string[];
};

export type IdentityProviderSettings = {
  clients: readonly Client[];
  /** 0, the default, takes a free one. */
  port?: number;
  people?: readonly Person[];
  /** Lifetime of access tokens in seconds; 8 hours, as on the Hub. */
  accessTokenLifetime?: number;
  /** Lifetime of ID tokens in seconds; 1 hour, as on the Hub. */
  idTokenLifetime?: number;
  /** Hand out refresh tokens that rotate at each use. */
  refreshTokens?: boolean;
};
