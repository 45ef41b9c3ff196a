import { z } from "zod";
import { forgetSession } from "@/lib/auth/sign-out";
import { eraseAccount } from "@/lib/gallery/erase-account";
import { stopAllJobs } from "@/lib/gallery/jobs";
import { Failure } from "@/lib/http/errors";
import { privateRoute } from "@/lib/http/route";

type Confirmation = { username: string };

/** Erases everything that the person has made, for good, and signs out. The body repeats the person's user name. */
export const DELETE = privateRoute<unknown, Confirmation>({ body: z.strictObject({ username: z.string() }) }, async ({ person, body }) => {
  if (body.username !== person.username) throw new Failure("username_differs");
  stopAllJobs(person.id);
  const proof = await eraseAccount(person.id);
  await forgetSession();
  return proof;
});
