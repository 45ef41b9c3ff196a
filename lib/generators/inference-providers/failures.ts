/** What an answer that is no success means for the person who waits. */
import { isAboutContent } from "@/lib/generators/elsewhere/failures";
import { Failure, type FailureCode } from "@/lib/http/errors";

/** @param text the body, which is read for what it is about and never kept: it can hold the prompt */
export function failureOfAnswer(provider: string, status: number, text: string): Failure {
  return new Failure(codeOf(status, text), { cause: new Error(`${provider} answered ${status}`) });
}

function codeOf(status: number, text: string): FailureCode {
  if (status === 401) return "access_ended";
  if (status === 402) return "credits_used_up";
  if (status === 403) return codeOfRefusal(text);
  if (status === 404 || status === 410) return "model_gone";
  if (status === 429) return "model_busy";
  if (status === 400 || status === 413 || status === 422) {
    if (/not supported|model_not_supported|deprecated|no longer/i.test(text)) return "model_gone";
    return isAboutContent(text) ? "model_refused" : "settings_refused";
  }
  return status >= 500 ? "model_down" : "model_nonsense";
}

function codeOfRefusal(text: string): FailureCode {
  if (/sufficient permissions/i.test(text)) return /behalf of org/i.test(text) ? "billing_refused" : "inference_refused";
  if (/accept|gated|gives you access|terms/i.test(text)) return "model_gated";
  return isAboutContent(text) ? "model_refused" : "inference_refused";
}
