import { requireScope } from "@/lib/auth/session";
import { listJobs } from "@/lib/gallery/jobs";
import { resumeJobs } from "@/lib/gallery/resumed-jobs";
import { failureOfMaking, privateRoute } from "@/lib/http/route";

/** What the person has in the making, wherever it was begun, and what could not be made. What a restart interrupted goes on now. */
export const GET = privateRoute({ limit: "list" }, async ({ person }) => {
  await resumeJobs(person.id, { describe: failureOfMaking, tokenFor: requireScope });
  return { jobs: listJobs(person.id) };
});
