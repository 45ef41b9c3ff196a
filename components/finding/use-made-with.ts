import { useEffect, useState } from "react";
import { requestJson } from "@/components/api-client";
import type { MadeWith } from "@/lib/gallery/generation";

/** What the person's pictures were made with, asked for whenever it begins to be shown; nothing until the server has answered. */
export function useMadeWith(): readonly MadeWith[] {
  const [madeWith, setMadeWith] = useState<readonly MadeWith[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    requestJson<{ madeWith: MadeWith[] }>("GET", "/api/generations/made-with", { signal: controller.signal }).then(
      (answer) => setMadeWith(answer.madeWith),
      () => undefined,
    );
    return () => controller.abort();
  }, []);
  return madeWith;
}
