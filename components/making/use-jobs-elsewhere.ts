import { useEffect } from "react";
import type { MakingJob } from "@/lib/gallery/making";
import { picturesInTheMaking } from "./making";

const channelName = "keepsake.making";

/** Tells other pages of this browser that something has begun. */
export function announceJob(job: MakingJob): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(job);
  channel.close();
}

/** Finds what the person has in the making but this page did not begin: before a reload, in another tab, on another device. */
export function useJobsElsewhere(signedIn: boolean, onJob: (job: MakingJob) => void): void {
  useEffect(() => {
    if (!signedIn) return;
    const look = async () => {
      if (document.visibilityState !== "visible") return;
      // The newest comes first, and what is found last is shown first.
      for (const job of (await picturesInTheMaking()).reverse()) onJob(job);
    };
    void look();
    document.addEventListener("visibilitychange", look);
    const channel = new BroadcastChannel(channelName);
    channel.onmessage = ({ data }: MessageEvent<MakingJob>) => onJob(data);
    return () => {
      document.removeEventListener("visibilitychange", look);
      channel.close();
    };
  }, [signedIn, onJob]);
}
