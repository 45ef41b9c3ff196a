import { useEffect, useState } from "react";
import { ApiFailure, requestJson } from "@/components/api-client";
import { everLessOften } from "@/components/ever-less-often";
import type { Generation } from "@/lib/gallery/generation";
import { useShelfChange } from "./shelves-provider";

/** Storage is usually done within seconds; after this time, in ms, one should know that it is not. */
const lateMs = 60_000;
const pauses = { firstMs: 2000, longestMs: 15_000 };
const askedAtOnce = 5;

/** Whether something that was made at a time should have been saved by now. */
export function useIsLate(createdAt: string): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), Math.max(0, Date.parse(createdAt) + lateMs - Date.now()));
    return () => clearTimeout(timer);
  }, [createdAt]);
  return isLate;
}

/** Asks, ever less often, whether the pictures on the table that are not saved are saved now. Returns them, the oldest first. */
export function useSaving(items: readonly Generation[]): readonly Generation[] {
  const change = useShelfChange();
  const unsaved = items.filter(({ saved }) => !saved).sort((a, b) => (a.id < b.id ? -1 : 1));
  const ids = unsaved.map(({ id }) => id).join(" ");
  useEffect(() => {
    if (!ids) return;
    return everLessOften(async (ended) => {
      for (const id of ids.split(" ").slice(0, askedAtOnce)) {
        const saved = await isSaved(id, ended);
        if (ended.aborted) return;
        if (saved) change({ type: "saved", id });
      }
    }, pauses);
  }, [change, ids]);
  return unsaved;
}

async function isSaved(id: string, signal: AbortSignal): Promise<boolean> {
  try {
    return (await requestJson<Generation>("GET", `/api/generations/${id}`, { signal })).saved;
  } catch (error) {
    // One that is gone need not be asked about again; for all else there is a next time.
    return error instanceof ApiFailure && error.code === "not_found";
  }
}
