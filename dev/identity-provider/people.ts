/** The people one can sign in as, and anyone else by name. */
import { createHash } from "node:crypto";

/** An organization as Hugging Face describes it in userinfo; `sub` is 24 hex digits there, for people and organizations alike. */
export type Organization = {
  sub: string;
  username: string;
  name: string;
  plan?: "team" | "enterprise" | "academia";
  canPay?: boolean;
  role: "admin" | "write" | "contributor" | "read";
  securityRestrictions?: ("mfa" | "sso" | "ip" | "token-policy")[];
  resourceGroups?: { sub: string; name: string; role: Organization["role"] }[];
};

export type Person = {
  sub: string;
  username: string;
  name: string;
  email: string;
  website: string;
  isPro: boolean;
  canPay: boolean;
  organizations: Organization[];
  /** A picture elsewhere; without one, the provider draws an avatar. */
  pictureUrl?: string;
  /** A token of the real Hub, handed out as the access token in place of one of our own. */
  accessToken?: string;
  /** One line for the consent page. */
  about: string;
};

const subjectOf = (name: string) => createHash("sha256").update(`keepsake:${name}`).digest("hex").slice(0, 24);

/** A free account of any name; the same name is always the same person. `username` must have passed `isUsername`. */
export function personNamed(username: string): Person {
  return {
    sub: subjectOf(username.toLowerCase()),
    username,
    name: username,
    email: `${username.toLowerCase()}@example.com`,
    website: "",
    isPro: false,
    canPay: false,
    organizations: [],
    about: "A free account.",
  };
}

/** What the Hub accepts as a user name, near enough: letters, digits and single hyphens inside, at most 42 characters. */
export function isUsername(text: string): boolean {
  return /^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,41}$/.test(text) && text.length <= 42;
}

const analyticalSociety: Organization = {
  sub: subjectOf("organization analytical-society"),
  username: "analytical-society",
  name: "Analytical Society",
  plan: "team",
  canPay: true,
  role: "admin",
};

const navalObservatory: Organization = {
  sub: subjectOf("organization naval-observatory"),
  username: "naval-observatory",
  name: "Naval Observatory",
  plan: "enterprise",
  canPay: false,
  role: "read",
  resourceGroups: [{ sub: subjectOf("resource group compilers"), name: "compilers", role: "write" }],
};

const kernelWorks: Organization = {
  sub: subjectOf("organization kernel-works"),
  username: "kernel-works",
  name: "Kernel Works",
  plan: "enterprise",
  role: "contributor",
  securityRestrictions: ["sso"],
};

/** Three that differ in what an app must handle: a free account, PRO with two roles, and an organization that asks for SSO. */
export const readyPeople: readonly [Person, ...Person[]] = [
  { ...personNamed("ada"), name: "Ada Lovelace", about: "A free account without organizations." },
  {
    ...personNamed("grace"),
    name: "Grace Hopper",
    website: "https://example.com/grace",
    isPro: true,
    canPay: true,
    organizations: [analyticalSociety, navalObservatory],
    about: "PRO; administers one organization and reads in another.",
  },
  {
    ...personNamed("linus"),
    name: "Linus Pauling",
    organizations: [kernelWorks],
    about: "A free account whose organization asks for SSO.",
  },
];
