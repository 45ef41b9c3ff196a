import "server-only";
import { keepRevocationsIn } from "@/lib/auth/revocations";
import { config } from "@/lib/config";
import { storageStatus } from "@/lib/gallery/gallery";
import * as revocations from "@/lib/gallery/revocations";
import { scheduleSweep } from "@/lib/gallery/sweep";
import { sendKnownLengths } from "@/lib/http/known-length";

const kept = {
  local: "on this machine's disk",
  mounted: "on a mounted volume",
  bucket: "an S3 bucket",
  ephemeral: "inside this container only, so they vanish when it restarts; attach a volume at /data to keep them",
} as const;

/** Puts together what may not know of each other, and says in the log what is set up and what is missing. @throws Error when a setting cannot be used */
export async function start(): Promise<void> {
  const { origin, missingForSignIn } = config();
  keepRevocationsIn(revocations);
  sendKnownLengths();
  const { place, kind, problem } = await storageStatus();
  scheduleSweep();
  console.log(`Keepsake at ${origin}`);
  console.log(problem ? `Pictures cannot be kept in ${place}: ${problem}` : `Pictures are kept in ${place}, ${kept[kind]}.`);
  if (missingForSignIn.length > 0) {
    const remedy = missingForSignIn.includes("AUTH_SECRET")
      ? "Set it to 32 random characters or more."
      : 'On a Space, add "hf_oauth: true" to the README\'s metadata.';
    console.log(`Signing in is off: ${missingForSignIn.join(" and ")} not set. ${remedy}`);
  }
}
