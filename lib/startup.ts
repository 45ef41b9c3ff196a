import "server-only";
import { keepRevocationsIn } from "@/lib/auth/revocations";
import { config } from "@/lib/config";
import { storageStatus } from "@/lib/gallery/gallery";
import { rememberUsualSeconds } from "@/lib/gallery/models";
import { finishOutbox } from "@/lib/gallery/outbox/opened";
import * as revocations from "@/lib/gallery/revocations";
import { isStorageStuck } from "@/lib/gallery/store";
import { scheduleSweep } from "@/lib/gallery/sweep";
import { attendEveryAnswer } from "@/lib/http/every-answer";
import { logError } from "@/lib/http/log";

const kept = {
  local: "on this machine's disk",
  mounted: "on a mounted volume",
  bucket: "an S3 bucket",
  ephemeral: "inside this container only, so they vanish when it restarts; attach a volume at /data to keep them",
} as const;

/**
 * Puts together what may not know of each other, and begins to open storage. Nobody waits for that: the server answers meanwhile.
 * A setting that cannot be used ends the process with a sentence in the log, before anyone meets a half-configured app.
 */
export function start(): void {
  try {
    config();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  keepRevocationsIn(revocations);
  rememberUsualSeconds();
  attendEveryAnswer();
  saveBeforeTheEnd();
  announce().catch((error: unknown) => logError(error, "start"));
}

/** What is stored but not saved gets these milliseconds when the process is asked to end; what is left then waits for the next start. */
const timeToSaveMs = 4000;

// Next.js ends the process by itself as soon as the last request is answered, and asks nobody: so its way out leads over here.
function saveBeforeTheEnd(): void {
  process.once("SIGTERM", () => {
    const exit = process.exit.bind(process);
    const saved = finishOutbox(timeToSaveMs);
    process.exit = (code) => {
      // A thread that hangs in a call of storage would be waited for: then only this ends.
      saved.finally(() => (isStorageStuck() ? process.kill(process.pid, "SIGKILL") : exit(code)));
      return undefined as never;
    };
  });
}

/** Says in the log what is set up and what is missing. */
async function announce(): Promise<void> {
  const { origin, missingForSignIn } = config();
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
