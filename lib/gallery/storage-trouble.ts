/** What is wrong with storage, and what helps: in full for the owner of the installation, without places and codes for everybody else. */
import { ForeignPlace } from "@/lib/gallery/marker";

type Trouble = { everyone: string; owner: (about: { place: string; user: string; code: string }) => string };

const silent: Trouble = {
  everyone: "Storage is not answering just now.",
  owner: ({ place, code }) =>
    `${place} does not answer (${code}). It is asked again on its own; if that lasts, restart the Space or look at the mount.`,
};
const full: Trouble = {
  everyone: "Storage is full.",
  owner: ({ place, code }) => `${place} is full (${code}). Make room, or attach a larger volume; what waits is saved then.`,
};
const forbidden: Trouble = {
  everyone: "Storage may not be written to.",
  owner: ({ place, user, code }) =>
    `${place} may not be written to by ${user} (${code}). Let that user own the folder, or mount it for everyone to write.`,
};
const readOnly: Trouble = {
  everyone: "Storage may not be written to.",
  owner: ({ place, code }) => `${place} is mounted for reading only (${code}). Attach it with permission to write.`,
};
const gone: Trouble = {
  everyone: "Storage is not connected just now.",
  owner: ({ place, code }) => `The mount at ${place} has gone (${code}). It does not come back by itself: restart the Space.`,
};
const faulty: Trouble = {
  everyone: "Storage answers with errors just now.",
  owner: ({ place, code }) => `${place} answers with errors (${code}). It is asked again on its own.`,
};
const waiting: Trouble = {
  everyone: "Storage is slow just now.",
  owner: ({ place, code }) =>
    `${place} has taken files and not uploaded them yet (${code}). It is asked again on its own; if that lasts, restart the Space.`,
};
const unconfirmed: Trouble = {
  everyone: "Storage does not tell whether it has kept something.",
  owner: ({ place }) =>
    `${place} is a mount that does not tell when something is durable (link is not supported), so nothing counts as saved. Mount it with hf-mount 0.9 or newer, or keep pictures in an S3 bucket.`,
};

const troubles: Readonly<Record<string, Trouble>> = {
  ...{ ENOSPC: full, EDQUOT: full, EACCES: forbidden, EPERM: forbidden, EROFS: readOnly, UNCONFIRMED: unconfirmed },
  ...{ ENOTCONN: gone, ESTALE: gone, ECONNABORTED: gone, ENODEV: gone, ENOTDIR: gone },
  ...{ ETIMEDOUT: silent, EIO: faulty, EAGAIN: faulty, EBUSY: faulty, ENOTSUP: waiting, EOPNOTSUPP: waiting },
};

/** For the owner: what happened at a place, with the user that this process is and the system's own code. */
export function explainToOwner(error: unknown, place: string): string {
  if (error instanceof ForeignPlace) return error.message;
  if (!(error instanceof Error)) return "Storage cannot be used.";
  const code = codeOf(error);
  const user = process.getuid ? `user ${process.getuid()}` : "this process";
  const trouble = code === null ? undefined : troubles[code];
  if (code !== null && trouble) return trouble.owner({ place, user, code });
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

/** For everybody else. */
export function explainToEveryone(error: unknown): string {
  const code = codeOf(error);
  return (code !== null && troubles[code]?.everyone) || "Storage cannot be used just now.";
}

function codeOf(error: unknown): string | null {
  for (let link: unknown = error; link instanceof Error; link = link.cause) {
    const { code } = link as NodeJS.ErrnoException;
    if (typeof code === "string" && code in troubles) return code;
  }
  return null;
}
