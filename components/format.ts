const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A number of bytes for people, in decimal units: "1.4 MB". */
export function formatBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const format = new Intl.NumberFormat("en", {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: 1,
  });
  return format.format(bytes / 1000 ** step);
}

const steps = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** A time in words: relative within a week ("3 hours ago"), a date beyond. Times are in ms since the epoch. */
export function formatTime(time: number, now: number, timeZone?: string): string {
  const past = now - time;
  if (past >= 7 * 86_400_000 || past < -60_000) return new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone }).format(time);
  const step = steps.find(([, length]) => past >= length);
  if (!step) return "just now";
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(-Math.floor(past / step[1]), step[0]);
}

/** A time to come within hours: "in 9 minutes". What is past is now. Times are in ms since the epoch. */
export function formatSoon(time: number, now: number): string {
  const minutes = Math.ceil((time - now) / 60_000);
  if (minutes <= 0) return "now";
  const format = new Intl.RelativeTimeFormat("en", { numeric: "always" });
  return minutes < 90 ? format.format(minutes, "minute") : format.format(Math.ceil(minutes / 60), "hour");
}

/** A time to the second, with its zone. */
export function formatExactTime(time: number, timeZone?: string): string {
  return new Intl.DateTimeFormat("en", { dateStyle: "full", timeStyle: "long", timeZone }).format(time);
}

/** Day and hour: "Saturday, November 21 at 6:20 PM UTC". */
export function formatClock(time: number, timeZone?: string): string {
  const format = { weekday: "long", month: "long", day: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" } as const;
  return new Intl.DateTimeFormat("en", { ...format, timeZone }).format(time);
}
