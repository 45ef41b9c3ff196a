/** The words of sharing, shared by server and browser. Pure data. */
import { z } from "zod";

/** How long a link lives, in days; null is until it is revoked. */
export const lifetimes = { day: 1, week: 7, month: 30, never: null } as const;

export type Lifetime = keyof typeof lifetimes;

/** Links of one person that lead somewhere. */
export const mostShares = 500;

/** A link as its owner sees it. Times are ISO 8601 in UTC. */
export type Share = {
  id: string;
  /** Path of the public page, with the secret in it. */
  path: string;
  of: "picture" | "collection";
  /** What it leads to, for its owner: the collection's name, or the picture's title or prompt; null when that is gone. */
  title: string | null;
  /** Thumbnail, for its owner; null when there is none. */
  coverUrl: string | null;
  /** Whether titles and prompts are shown with it. */
  withWords: boolean;
  /** The user name that is shown with it; null when none is. */
  name: string | null;
  createdAt: string;
  expiresAt: string | null;
  /** `gone` while what it leads to is in the trash, erased or removed. */
  state: "open" | "expired" | "gone";
};

/** What `POST /api/shares` takes. */
export const newShareSchema = z
  .strictObject({
    picture: z.string().max(64).optional(),
    collection: z.string().max(64).optional(),
    withWords: z.boolean().default(false),
    withName: z.boolean().default(false),
    lifetime: z.enum(Object.keys(lifetimes) as [Lifetime, ...Lifetime[]]).default("week"),
  })
  .refine(({ picture, collection }) => (picture === undefined) !== (collection === undefined));

export type NewShare = z.output<typeof newShareSchema>;
