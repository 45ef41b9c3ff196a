/** What is wrong with storage, and what helps: in full for the owner of the installation, without places and codes for everybody else. */
import { ForeignPlace } from "@/lib/gallery/marker";
import { ObjectCollision, StorageFailure } from "@/lib/storage/object-store";

/** `why` is the system's own code, with the user that this process is. */
type Trouble = { everyone: string; owner: (about: { place: string; user: string; code: string; why: string }) => string };

const silent: Trouble = {
  everyone: "Storage is not answering just now.",
  owner: ({ place, why }) =>
    `${place} does not answer (${why}). It is asked again on its own; if that lasts, restart the Space or look at the mount.`,
};
const full: Trouble = {
  everyone: "Storage is full.",
  owner: ({ place, why }) => `${place} is full (${why}). Make room, or attach a larger volume; what waits is saved then.`,
};
const forbidden: Trouble = {
  everyone: "Storage may not be written to.",
  owner: ({ place, user, code }) =>
    `${place} may not be written to by ${user} (${code}). Let that user own the folder, or mount it for everyone to write.`,
};
const readOnly: Trouble = {
  everyone: "Storage may not be written to.",
  owner: ({ place, why }) => `${place} is mounted for reading only (${why}). Attach it with permission to write.`,
};
const gone: Trouble = {
  everyone: "Storage is not connected just now.",
  owner: ({ place, why }) => `The mount at ${place} has gone (${why}). It does not come back by itself: restart the Space.`,
};
const faulty: Trouble = {
  everyone: "Storage answers with errors just now.",
  owner: ({ place, why }) => `${place} answers with errors (${why}). It is asked again on its own.`,
};
const waiting: Trouble = {
  everyone: "Storage is slow just now.",
  owner: ({ place, why }) =>
    `${place} has taken files and not uploaded them yet (${why}). It is asked again on its own; if that lasts, restart the Space.`,
};
const vanishing: Trouble = {
  everyone: "Storage loses what it was given just now.",
  owner: ({ place, why }) =>
    `What is written to ${place} vanishes before it has its name (${why}). It is written again on its own; look whether something else empties its folder tmp.`,
};
const taken: Trouble = {
  everyone: "Storage holds something else in that place.",
  owner: ({ place, why }) =>
    `In ${place} something else lies under a name of ours (${why}). It is left alone; \`npm run verify-archive\` says what is not ours.`,
};
const unconfirmed: Trouble = {
  everyone: "Storage does not tell whether it has kept something.",
  owner: ({ place, why }) =>
    `${place} is a mount that does not tell when something is durable (${why}: link is not supported), so nothing counts as saved. Mount it with hf-mount 0.9 or newer, or keep pictures in an S3 bucket.`,
};

const troubles: Readonly<Record<string, Trouble>> = {
  ...{ ENOSPC: full, EDQUOT: full, EACCES: forbidden, EPERM: forbidden, EROFS: readOnly, UNCONFIRMED: unconfirmed, ENOSYS: unconfirmed },
  ...{ ENOTCONN: gone, ESTALE: gone, ECONNABORTED: gone, ENODEV: gone, ENOTDIR: gone },
  ...{ ETIMEDOUT: silent, EIO: faulty, EAGAIN: faulty, EBUSY: faulty, ENOTSUP: waiting, EOPNOTSUPP: waiting },
  ...{ ENOENT: vanishing, EEXIST: taken },
};

/** Where things are kept, and the folder on local disk where they wait. */
export type Places = { store: string; local: string };

/** For the owner: what happened at which place, with the user that this process is and the system's own code. */
export function explainToOwner(error: unknown, { store, local }: Places): string {
  if (error instanceof ForeignPlace) return error.message;
  if (!(error instanceof Error)) return "Storage cannot be used.";
  const code = codeOf(error);
  const user = process.getuid ? `user ${process.getuid()}` : "this process";
  const trouble = code === null ? undefined : troubles[code];
  const place = error instanceof StorageFailure && error.local ? local : store;
  if (code !== null && trouble) return trouble.owner({ place, user, code, why: `${code}, ${user}` });
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

/** For everybody else. */
export function explainToEveryone(error: unknown): string {
  const code = codeOf(error);
  return (code !== null && troubles[code]?.everyone) || "Storage cannot be used just now.";
}

function codeOf(error: unknown): string | null {
  for (let link: unknown = error; link instanceof Error; link = link.cause) {
    if (link instanceof ObjectCollision) return "EEXIST";
    const { code } = link as NodeJS.ErrnoException;
    if (typeof code === "string" && code in troubles) return code;
  }
  return null;
}
