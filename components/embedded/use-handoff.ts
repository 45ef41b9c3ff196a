import { useCallback, useEffect, useState } from "react";
import { claim, type HandoffSecret, newHandoffSecret } from "./handoff-client";
import { useSecureFrame } from "./use-secure-frame";

/** `unkept`: claimed, but the browser did not keep the cookie. */
export type HandoffStage = "ready" | "waiting" | "done" | "ended" | "interrupted" | "unkept";

const pollMs = 1500;
const patienceMs = 5 * 60_000;
/** How long the tab may take to begin on a slow line, before "never heard of it" is believed. */
const startMs = 10_000;

/**
 * The frame's side of the handoff: a fresh challenge for the form, and from `begin` on (when the form is sent) the watch for
 * the tab to finish. The verifier stays in memory.
 */
export function useHandoff(next: string) {
  const isSecure = useSecureFrame();
  const [secret, setSecret] = useState<HandoffSecret | null>(null);
  const [stage, setStage] = useState<HandoffStage>("ready");
  const isWaiting = stage === "waiting";

  useEffect(() => {
    if (isSecure && !secret) void newHandoffSecret().then(setSecret);
  }, [isSecure, secret]);

  useEffect(() => {
    if (!isWaiting || !secret) return;
    const began = Date.now();
    let isBusy = false;
    let isOver = false;
    const finish = (end: HandoffStage) => {
      isOver = true;
      setStage(end);
      // A challenge is good for one handoff.
      if (end !== "done") setSecret(null);
      else window.location.replace(next);
    };
    const look = async () => {
      if (isBusy || isOver || document.visibilityState !== "visible") return;
      isBusy = true;
      const answer = await claim(secret.verifier);
      isBusy = false;
      const age = Date.now() - began;
      if (isOver || (answer === "unknown" && age < startMs)) return;
      if (answer === "unknown") finish("interrupted");
      else if (answer !== "wait") finish(answer);
      else if (age > patienceMs) finish("ended");
    };
    const timer = setInterval(look, pollMs);
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      isOver = true;
      clearInterval(timer);
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [isWaiting, secret, next]);

  const begin = useCallback(() => setStage("waiting"), []);
  return { stage, challenge: secret?.challenge ?? null, begin };
}
