"use client";

import { useSyncExternalStore } from "react";
import { useWords } from "@/components/language/words-provider";
import { formatClock, formatExactTime, formatTime } from "./format";

type MomentProps = {
  /** ISO 8601. */
  time: string;
  /** When the server rendered the page, in ms since the epoch: keeps its words and the browser's the same. */
  now: number;
  /** `age` says how long ago, `clock` names day and hour. */
  as: "age" | "clock";
};

const never = () => () => undefined;

/** A time in words, exact on hover. The server does not know the visitor's time zone and says UTC until the page is alive. */
export function Moment({ time, now, as }: MomentProps) {
  const words = useWords();
  const zone = useSyncExternalStore(
    never,
    () => undefined,
    () => "UTC",
  );
  const moment = Date.parse(time);
  return (
    <time dateTime={time} title={formatExactTime(words, moment, zone)}>
      {as === "age" ? formatTime(words, moment, now, zone) : formatClock(words, moment, zone)}
    </time>
  );
}
