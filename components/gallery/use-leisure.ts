import { useEffect, useState } from "react";
import { whenIdle } from "./when-idle";

const waiting = new Set<() => void>();
/** So many in one go: more would be felt by whoever scrolls or types just then. */
const inOneGo = 2;
let isUnderWay = false;

/** False while the page comes to life, then true when the browser has the leisure, for a few components after the other; at once if it is urgent. */
export function useLeisure(urgent: boolean): boolean {
  const [free, setFree] = useState(urgent);
  useEffect(() => {
    if (free) return;
    const act = () => setFree(true);
    waiting.add(act);
    begin();
    return () => void waiting.delete(act);
  }, [free]);
  return free || urgent;
}

function begin(): void {
  if (isUnderWay) return;
  isUnderWay = true;
  whenIdle(() => {
    isUnderWay = false;
    for (const act of [...waiting].slice(0, inOneGo)) {
      waiting.delete(act);
      act();
    }
    if (waiting.size > 0) begin();
  });
}
