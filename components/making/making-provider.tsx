"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { ApiFailure } from "@/components/api-client";
import { excerpt } from "@/components/excerpt";
import { useShelfChange } from "@/components/gallery/shelves-provider";
import { useWords } from "@/components/language/words-provider";
import type { Generation } from "@/lib/gallery/generation";
import type { MakingEvent, MakingFailure, Stopped } from "@/lib/gallery/making";
import type { ClientKey, Words } from "@/lib/language/words";
import { concernsForm, type Job, type MakingRequest, makePicture, NotMade, resumePicture, stopPicture, watchPicture } from "./making";
import { stateOf } from "./state-of-job";
import { untilOver } from "./until-over";
import { announceJob, useJobsElsewhere } from "./use-jobs-elsewhere";

type Making = {
  /** Newest first. */
  jobs: Job[];
  /** Why the last request was refused, when that concerns the form. */
  refusal: MakingFailure | null;
  /** How often `make` was called on this page: what was begun elsewhere or earlier is not counted. */
  begun: number;
  make: (wanted: MakingRequest) => void;
  /** Stops work under way, or takes away what failed. */
  stop: (key: number) => Promise<Stopped>;
  /** Once more, as it was or with something changed. */
  retry: (key: number, changes?: Partial<MakingRequest>) => void;
  /** For what a service has taken on: looks for it again, and asks for nothing. */
  lookAgain: (key: number) => void;
};

const MakingContext = createContext<Making | null>(null);
const PreviewsContext = createContext<(id: string) => string | null>(() => null);

/** The pictures in the making. The work goes on wherever one goes, and ends early only by `stop`. */
export function useMaking(): Making {
  const context = useContext(MakingContext);
  if (!context) throw new Error("useMaking needs a MakingProvider");
  return context;
}

/** The last preview of a picture that was made here. Whoever needs nothing else is not rendered with every step. */
export function usePreviews(): (id: string) => string | null {
  return useContext(PreviewsContext);
}

export function MakingProvider({ signedIn, children }: { signedIn: boolean; children: ReactNode }) {
  const words = useWords();
  const { say } = words;
  const changeShelf = useShelfChange();
  const [jobs, setJobs] = useState<Job[]>([]);
  const [refusal, setRefusal] = useState<MakingFailure | null>(null);
  const [begun, setBegun] = useState(0);
  const [announcement, setAnnouncement] = useState("");
  const controllers = useRef(new Map<number, AbortController>());
  const previews = useRef(new Map<string, string>());
  const ids = useRef(new Map<number, string>());
  /** Stopped before the server had a name for it. */
  const stopping = useRef(new Set<number>());
  const lastKey = useRef(0);

  const remove = useCallback((key: number) => {
    ids.current.delete(key);
    setJobs((all) => all.filter((job) => job.key !== key));
  }, []);
  const update = useCallback((key: number, part: Partial<Job>) => {
    setJobs((all) => all.map((job) => (job.key === key ? { ...job, ...part } : job)));
  }, []);

  const report = useCallback(
    (key: number, event: MakingEvent) => {
      if (event.type === "started" && stopping.current.delete(key)) {
        controllers.current.get(key)?.abort();
        return void stopPicture(event.job.id);
      }
      if (event.type === "started") {
        ids.current.set(key, event.job.id);
        announceJob(event.job);
        return update(key, { id: event.job.id, startedAt: Date.parse(event.job.startedAt) });
      }
      if (event.type === "preview") return update(key, { preview: event.src });
      const state = stateOf(event);
      if (state) update(key, { state });
    },
    [update],
  );

  const run = useCallback(
    async (key: number, begin: (report: (event: MakingEvent) => void, signal: AbortSignal) => Promise<Generation>) => {
      const controller = new AbortController();
      controllers.current.set(key, controller);
      let preview: string | null = null;
      const listen = (event: MakingEvent) => {
        if (event.type === "preview") preview = event.src;
        if (event.type !== "stored") return report(key, event);
        if (preview) previews.current.set(event.item.id, preview);
        remove(key);
        changeShelf({ type: "placed", items: [event.item] });
      };
      try {
        const item = await untilOver(begin, () => ids.current.get(key), listen, controller.signal);
        if (item.saved) changeShelf({ type: "saved", id: item.id });
        setAnnouncement(say(item.saved ? "making.saved" : "making.made", { prompt: excerpt(item.prompt) }));
      } catch (error) {
        // Stopped here or elsewhere, or finished while the connection was lost: the gallery knows which.
        if (controller.signal.aborted || (error instanceof ApiFailure && error.code === "not_found")) return remove(key);
        const failure = failureOf(words, error);
        setAnnouncement(words.sentence(failure.code, failure.message));
        if (!concernsForm(failure.code)) return update(key, { state: { phase: "failed", failure } });
        const id = ids.current.get(key);
        if (id) void stopPicture(id);
        remove(key);
        setRefusal(failure);
      } finally {
        controllers.current.delete(key);
        stopping.current.delete(key);
      }
    },
    [changeShelf, remove, report, say, update, words],
  );

  const add = useCallback((request: MakingRequest, id: string | null, startedAt: number): number => {
    lastKey.current += 1;
    const key = lastKey.current;
    if (id) ids.current.set(key, id);
    setJobs((all) => [{ key, id, request, startedAt, state: { phase: "starting" }, preview: null }, ...all]);
    return key;
  }, []);

  const make = useCallback(
    (wanted: MakingRequest) => {
      setRefusal(null);
      setBegun((count) => count + 1);
      setAnnouncement(say("making.begun"));
      void run(add(wanted, null, Date.now()), (listen, signal) => makePicture(wanted, listen, signal));
    },
    [add, run, say],
  );

  useJobsElsewhere(
    signedIn,
    useCallback(
      ({ id, request, startedAt }) => {
        if ([...ids.current.values()].includes(id)) return;
        void run(add(request, id, Date.parse(startedAt)), (listen, signal) => watchPicture(id, listen, signal));
      },
      [add, run],
    ),
  );

  const stop = useCallback(
    async (key: number): Promise<Stopped> => {
      const id = ids.current.get(key);
      remove(key);
      if (id) controllers.current.get(key)?.abort();
      else stopping.current.add(key);
      return id ? stopPicture(id) : { mayBeBilled: false };
    },
    [remove],
  );

  const retry = useCallback(
    (key: number, changes: Partial<MakingRequest> = {}) => {
      const job = jobs.find((candidate) => candidate.key === key);
      if (!job) return;
      const request = { ...job.request, ...changes };
      if (job.id) void stopPicture(job.id);
      ids.current.delete(key);
      update(key, { id: null, request, startedAt: Date.now(), state: { phase: "starting" }, preview: null });
      void run(key, (listen, signal) => makePicture(request, listen, signal));
    },
    [jobs, run, update],
  );

  const lookAgain = useCallback(
    (key: number) => {
      const id = ids.current.get(key);
      const state = jobs.find((job) => job.key === key)?.state;
      if (!id || state?.phase !== "failed") return;
      update(key, { startedAt: Date.now(), state: { phase: "starting" } });
      // Where there is nothing to look for any more, it can be asked for anew.
      const lost = (error: unknown) => {
        const isLost = error instanceof ApiFailure && error.code === "not_found";
        throw isLost ? new NotMade({ ...state.failure, resumable: false }) : error;
      };
      void run(key, (listen, signal) => resumePicture(id, listen, signal).catch(lost));
    },
    [jobs, run, update],
  );

  const previewOf = useCallback((id: string) => previews.current.get(id) ?? null, []);
  const value = useMemo(
    () => ({ jobs, refusal, begun, make, stop, retry, lookAgain }),
    [jobs, refusal, begun, make, stop, retry, lookAgain],
  );
  return (
    <MakingContext value={value}>
      <PreviewsContext value={previewOf}>{children}</PreviewsContext>
      <p role="status" className="sr-only">
        {announcement}
      </p>
    </MakingContext>
  );
}

function failureOf({ say }: Words<ClientKey>, error: unknown): MakingFailure {
  if (error instanceof NotMade) return error.failure;
  if (error instanceof ApiFailure) return { code: error.code, message: error.message, id: error.id };
  return { code: "in_page", message: say("done.notMade"), id: null };
}
