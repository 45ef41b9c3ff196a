"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { ApiFailure } from "@/components/api-client";
import { useShelfChange } from "@/components/gallery/shelves-provider";
import type { Generation } from "@/lib/gallery/generation";
import { concernsForm, type Job, type MakingFailure, type MakingRequest, makePicture } from "./making";

type Making = {
  /** Newest first. */
  jobs: Job[];
  /** Why the last request was refused, when that concerns the form. */
  refusal: MakingFailure | null;
  /** The last preview of a picture that was made here, until its own file has loaded. */
  previewOf: (id: string) => string | null;
  make: (wanted: MakingRequest) => void;
  /** Stops work under way, or takes away what failed. */
  stop: (key: number) => void;
  retry: (key: number) => void;
};

const MakingContext = createContext<Making | null>(null);

/** The pictures in the making. The work goes on while one moves through the app, and ends early only by `stop`. */
export function useMaking(): Making {
  const context = useContext(MakingContext);
  if (!context) throw new Error("useMaking needs a MakingProvider");
  return context;
}

export function MakingProvider({ children }: { children: ReactNode }) {
  const changeShelf = useShelfChange();
  const [jobs, setJobs] = useState<Job[]>([]);
  const [refusal, setRefusal] = useState<MakingFailure | null>(null);
  const [announcement, setAnnouncement] = useState("");
  const controllers = useRef(new Map<number, AbortController>());
  const previews = useRef(new Map<string, string>());
  const lastKey = useRef(0);

  const remove = useCallback((key: number) => setJobs((all) => all.filter((job) => job.key !== key)), []);
  const update = useCallback((key: number, part: Partial<Job>) => {
    setJobs((all) => all.map((job) => (job.key === key ? { ...job, ...part } : job)));
  }, []);

  const run = useCallback(
    async (key: number, wanted: MakingRequest) => {
      const controller = new AbortController();
      controllers.current.set(key, controller);
      let preview: string | null = null;
      const place = (item: Generation) => {
        if (preview) previews.current.set(item.id, preview);
        remove(key);
        changeShelf({ type: "placed", item });
      };
      try {
        const item = await makePicture(
          wanted,
          (event) => {
            if (event.type === "preview") preview = event.src;
            if (event.type === "preview") update(key, { preview });
            if (event.type === "queued") update(key, { state: { phase: "queued", position: event.position } });
            if (event.type === "progress") update(key, { state: { phase: "developing", done: event.done, total: event.total } });
            if (event.type === "stored") place(event.item);
          },
          controller.signal,
        );
        if (item.saved) changeShelf({ type: "saved", id: item.id });
        setAnnouncement(`Your picture is ${item.saved ? "saved" : "made and being saved"}: ${item.prompt.slice(0, 80)}`);
      } catch (error) {
        if (controller.signal.aborted) return remove(key);
        const failure = failureOf(error);
        setAnnouncement(failure.message);
        if (!concernsForm(failure.code)) return update(key, { state: { phase: "failed", failure } });
        remove(key);
        setRefusal(failure);
      } finally {
        controllers.current.delete(key);
      }
    },
    [changeShelf, remove, update],
  );

  const make = useCallback(
    (wanted: MakingRequest) => {
      lastKey.current += 1;
      const key = lastKey.current;
      setRefusal(null);
      setAnnouncement("Making your picture.");
      setJobs((all) => [{ key, request: wanted, state: { phase: "starting" }, preview: null }, ...all]);
      void run(key, wanted);
    },
    [run],
  );

  const stop = useCallback(
    (key: number) => {
      controllers.current.get(key)?.abort();
      remove(key);
    },
    [remove],
  );

  const retry = useCallback(
    (key: number) => {
      const job = jobs.find((candidate) => candidate.key === key);
      if (!job) return;
      update(key, { state: { phase: "starting" }, preview: null });
      void run(key, job.request);
    },
    [jobs, run, update],
  );

  // Leaving the page stops what it is making: the browser asks first.
  const isMaking = jobs.some(({ state }) => state.phase !== "failed");
  useEffect(() => {
    if (!isMaking) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isMaking]);

  const previewOf = useCallback((id: string) => previews.current.get(id) ?? null, []);
  const value = useMemo(() => ({ jobs, refusal, previewOf, make, stop, retry }), [jobs, refusal, previewOf, make, stop, retry]);
  return (
    <MakingContext value={value}>
      {children}
      <p role="status" className="sr-only">
        {announcement}
      </p>
    </MakingContext>
  );
}

function failureOf(error: unknown): MakingFailure {
  if (error instanceof ApiFailure) return { code: error.code, message: error.message, id: error.id };
  return { code: "unexpected", message: "Something went wrong in this page. Your prompt is still here; try once more.", id: null };
}
