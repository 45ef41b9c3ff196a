import { z } from "zod";
import { claimHandoff, handoffSecretSchema } from "@/lib/auth/embedded-sign-in";
import { publicRoute } from "@/lib/http/route";

/** The embedded frame claims its session: 204 until somebody has signed in in the tab, then once the person. */
export const POST = publicRoute({ limit: "claimHandoff", body: z.strictObject({ verifier: handoffSecretSchema }) }, async ({ body }) => {
  const user = await claimHandoff(body.verifier);
  return user && { user };
});
