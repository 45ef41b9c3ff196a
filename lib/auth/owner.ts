/** Who runs this installation, and what they may know about its sign-in: what is set up, what is missing. Never a secret. */
import "server-only";
import { config } from "@/lib/config";
import type { OrganizationRole, Person } from "./person";
import { missingScopes, refusedLately, signInScopes } from "./scopes";

export type SignInReport = {
  configured: boolean;
  /** Variables that signing in needs and that are not set. */
  missing: readonly string[];
  provider: string | null;
  /** What has to be registered at the provider, character by character. */
  redirectUri: string | null;
  /** The app describes itself to the provider instead of being registered there. */
  selfDescribed: boolean;
  scopes: {
    /** Asked for at every sign-in. */
    atSignIn: readonly string[];
    /** May be asked for. */
    granted: readonly string[];
    /** Needed by a part of the app, and not granted to it. */
    missing: readonly { scope: string; feature: string }[];
    /** Needed and granted, but somebody came back with the answer that the provider refuses it: a hint, not to be relied on. */
    refusedLately: readonly { scope: string; feature: string }[];
  };
  requiredOrganizations: readonly { organization: string; role: OrganizationRole | null }[];
  origin: string;
  origins: readonly string[];
};

/** True for the person who made the Space, and for administrators of the organization that it belongs to. */
export function isOwner(person: Person): boolean {
  const { ownerId, ownerName } = config();
  const isMaker = ownerId !== null && person.id === ownerId;
  const administers = person.organizations.some(({ username, role }) => role === "admin" && isSame(username, ownerName));
  return isMaker || administers;
}

export function reportSignIn(): SignInReport {
  const { oauth, missingForSignIn, selfDescribed, requiredOrganizations, origin, origins } = config();
  return {
    configured: oauth !== null,
    missing: missingForSignIn,
    provider: oauth?.issuer ?? null,
    redirectUri: oauth && origin + oauth.callbackPath,
    selfDescribed,
    scopes: {
      atSignIn: signInScopes.split(" "),
      granted: oauth?.scopes.split(" ").filter(Boolean) ?? [],
      missing: missingScopes(),
      refusedLately: refusedLately(),
    },
    requiredOrganizations,
    origin,
    origins,
  };
}

function isSame(username: string, ownerName: string | null): boolean {
  return ownerName !== null && username.toLowerCase() === ownerName.toLowerCase();
}
