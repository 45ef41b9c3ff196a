import { isOwner, reportSignIn } from "@/lib/auth/owner";
import { storageStatus } from "@/lib/gallery/gallery";
import { inspectEngines } from "@/lib/gallery/models";
import { Failure } from "@/lib/http/errors";
import { privateRoute } from "@/lib/http/route";

/** What is configured and what is missing, for the owner of the Space. */
export const GET = privateRoute({}, async ({ person }) => {
  // To everybody else there is nothing to see.
  if (!isOwner(person)) throw new Failure("not_found");
  return { signIn: reportSignIn(), storage: await storageStatus(), engines: await inspectEngines() };
});
