import { listJobs } from "@/lib/gallery/jobs";
import { privateRoute } from "@/lib/http/route";

/** What the person has in the making, wherever it was begun, and what could not be made. */
export const GET = privateRoute({ limit: "list" }, async ({ person }) => ({ jobs: listJobs(person.id) }));
