import { useCallback, useEffect, useState } from "react";
import { whenIdle } from "@/components/when-idle";

const waiting = new Set<() => void>();
let isUnderWay = false;

/**
 * False while the page comes to life, then true when the browser has the leisure, for one component after the other; at once when it is
 * urgent or hurried. Once true, it stays: what has come may have the focus.
 */
export function useLeisure(urgent: boolean): [isFree: boolean, hurry: () => void] {
  const [isFree, setFree] = useState(urgent);
  const hurry = useCallback(() => setFree(true), []);
  useEffect(() => {
    if (isFree) return;
    if (urgent) return hurry();
    waiting.add(hurry);
    begin();
    return () => void waiting.delete(hurry);
  }, [hurry, isFree, urgent]);
  return [isFree || urgent, hurry];
}

function begin(): void {
  if (isUnderWay) return;
  isUnderWay = true;
  whenIdle(() => {
    isUnderWay = false;
    // One in one go: more would be felt by whoever scrolls or types just then.
    const [act] = waiting;
    if (act) waiting.delete(act);
    act?.();
    if (waiting.size > 0) begin();
  });
}
