import { useSearchParams } from "next/navigation";
import { useCallback } from "react";
import { type Finding, queryOf, readFinding } from "./finding";

type ChangeFinding = (part: Partial<Finding>) => void;

/** What the address says is looked for, and the way to change it. Typing on replaces its own entry in the history; all else adds one. */
export function useFinding(): { finding: Finding; query: string; changeFinding: ChangeFinding } {
  const finding = readFinding(useSearchParams());
  const changeFinding = useCallback<ChangeFinding>((part) => {
    // Read anew: the address may have changed since this was rendered.
    const before = readFinding(new URLSearchParams(location.search));
    const query = queryOf({ ...before, ...part });
    if (query === queryOf(before)) return;
    const typesOn = Object.keys(part).join() === "q" && before.q !== "" && part.q !== "";
    history[typesOn ? "replaceState" : "pushState"](null, "", query ? `/gallery?${query}` : "/gallery");
  }, []);
  return { finding, query: queryOf(finding), changeFinding };
}
