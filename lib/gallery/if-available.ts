import "server-only";
import { toFailure } from "@/lib/http/errors";

/** What was read, or null while storage does not answer: a page can then say so and stay of use. Other failures are thrown on. */
export async function ifAvailable<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (toFailure(error).code === "storage_unavailable") return null;
    throw error;
  }
}
