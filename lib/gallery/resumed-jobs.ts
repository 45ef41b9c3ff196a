/** Pictures that a service has accepted, and that are looked for again instead of asked for and paid anew. */
import "server-only";
import { type AcceptedJob, acceptedJobs } from "@/lib/gallery/accepted-jobs";
import { type Describe, findJob, isKnown, type Job, permissionFor, startJob } from "@/lib/gallery/jobs";
import { Failure } from "@/lib/http/errors";

/**
 * Picks up what a service accepted for this person before the process was restarted. `tokenFor` gives the person's token for a scope;
 * where it fails, or the generator cannot be used now, the picture is left for later.
 */
export async function resumeJobs(owner: string, { describe, tokenFor }: Asking) {
  for (const accepted of acceptedJobs(owner)) {
    if (isKnown(accepted.id)) continue;
    const token = await tokenOf(accepted, tokenFor).catch(() => null);
    // Another page of the person may have asked meanwhile.
    if (token !== null && !isKnown(accepted.id)) pickUp(owner, accepted, { describe, token });
  }
}

/**
 * Looks once more for a picture that a service accepted and that could not be fetched.
 * @throws Failure `not_found` when there is nothing to look for, `generator_unavailable`, and those of `tokenFor`
 */
export async function resumeJob(owner: string, id: string, { describe, tokenFor }: Asking): Promise<Job> {
  const accepted = acceptedJobs(owner).find((job) => job.id === id);
  if (!accepted) throw new Failure("not_found");
  const token = await tokenOf(accepted, tokenFor);
  const isUnderWay = isKnown(id) && !findJob(owner, id).isFinished;
  return isUnderWay ? findJob(owner, id) : pickUp(owner, accepted, { describe, token });
}

type Asking = { describe: Describe; tokenFor: (scope: string) => Promise<string> };

const tokenOf = async ({ request }: AcceptedJob, tokenFor: Asking["tokenFor"]) => tokenFor(permissionFor(request) ?? "");

function pickUp(owner: string, { id, request, ticket }: AcceptedJob, { describe, token }: { describe: Describe; token: string }): Job {
  const job = startJob(owner, request, { describe, token, id, ticket });
  job.result.catch(() => undefined);
  return job;
}
