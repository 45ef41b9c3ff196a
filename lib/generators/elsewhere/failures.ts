/** What services elsewhere have in common when something goes wrong. */
import type { FailureCode } from "@/lib/http/errors";

/** Of such a failure another provider may know nothing, or it may be over in a moment. */
export const isWorthAnotherTry = (code: FailureCode): boolean => code === "model_busy" || code === "model_down";

/** Services tell a refusal and a breakdown by the same status; only the text tells which. */
export const isAboutContent = (text: unknown): boolean =>
  /nsfw|content.?(?:policy|filter|moderat)|moderat|safety|sensitive|flagged|inappropriate|prohibited/i.test(String(text ?? ""));
