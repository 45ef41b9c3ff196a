/** What a Space says when it fails, in words of its own. They are read for what they are about, and never shown: they can be anybody's. */
import { isAboutContent } from "@/lib/generators/elsewhere/failures";
import { Failure } from "@/lib/http/errors";

const aboutQuota = /gpu quota|zerogpu (?:quota|daily)|quota exceeded|exceeded your .*quota/i;
const aboutWaiting = /no gpu (?:was|is) available|queue is full|too busy|currently busy|queue timeout/i;

/** Only this much is read: a Space may send megabytes, and searching them would hold up everybody. What it is about is said at once. */
const mostRead = 2000;

/** @param said all that the Space said: title and message */
export function failureOfSpace(said: string): Failure {
  const words = said.slice(0, mostRead);
  const cause = new Error("the Space reports a failure");
  if (aboutQuota.test(words)) return new Failure("space_quota", { cause, retryAfterSeconds: secondsIn(words) });
  if (aboutWaiting.test(words)) return new Failure("space_busy", { cause });
  return new Failure(isAboutContent(words) ? "model_refused" : "space_failed", { cause });
}

/** "… retry in 0:09:48", in seconds. */
function secondsIn(words: string): number | undefined {
  const [, hours, minutes, seconds] = words.match(/\bin (\d{1,3}):(\d\d):(\d\d)\b/) ?? [];
  return seconds === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
