import type { ClientKey, Words } from "@/lib/language/words";

type Spoken = Words<ClientKey>;

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A number of bytes for people, in decimal units: "1.4 MB". */
export function formatBytes({ number }: Spoken, bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const unit = units[step] ?? "byte";
  return number(bytes / 1000 ** step, { style: "unit", unit, unitDisplay: step === 0 ? "long" : "short", maximumFractionDigits: 1 });
}

const steps = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** A time in words: relative within a week ("3 hours ago"), a date beyond. Times are in ms since the epoch. */
export function formatTime({ language, say }: Spoken, time: number, now: number, timeZone?: string): string {
  const past = now - time;
  if (past >= 7 * 86_400_000 || past < -60_000) return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone }).format(time);
  const step = steps.find(([, length]) => past >= length);
  if (!step) return say("time.now");
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-Math.floor(past / step[1]), step[0]);
}

/** A time to come within hours: "in 9 minutes". What is past is now. Times are in ms since the epoch. */
export function formatSoon({ language, say }: Spoken, time: number, now: number): string {
  const minutes = Math.ceil((time - now) / 60_000);
  if (minutes <= 0) return say("time.soon");
  const format = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  return minutes < 90 ? format.format(minutes, "minute") : format.format(Math.ceil(minutes / 60), "hour");
}

/** A time to the second, with its zone. */
export function formatExactTime({ language }: Spoken, time: number, timeZone?: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "long", timeZone }).format(time);
}

/** Day and hour: "Saturday, November 21 at 6:20 PM UTC". */
export function formatClock({ language }: Spoken, time: number, timeZone?: string): string {
  const format = { weekday: "long", month: "long", day: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" } as const;
  return new Intl.DateTimeFormat(language, { ...format, timeZone }).format(time);
}
