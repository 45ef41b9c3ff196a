import { useCallback } from "react";
import { requestJson, sentenceOf } from "@/components/api-client";
import { useToast } from "@/components/feedback/toaster";
import { useWords } from "@/components/language/words-provider";
import type { Generation } from "@/lib/gallery/generation";
import type { ManyMarks } from "@/lib/gallery/requests";
import { type Marks, marked, marking, unmarking } from "./marks";
import { useShelfChange } from "./shelves-provider";

/** What the server says of many pictures. */
export type ManyAnswer = { done: string[]; failed: { id: string; code: string; message: string }[] };

/**
 * Marks many pictures alike, at once here and in one request, which calls the marks what they are `wanted` to be. Those that the server refuses
 * change back, and why is told; resolves with the others, marked.
 */
export function useMarkMany() {
  const change = useShelfChange();
  const toast = useToast();
  const words = useWords();
  return useCallback(
    async function markMany(items: readonly Generation[], marks: Marks, wanted: ManyMarks): Promise<Generation[]> {
      change(marking(items, marks));
      const ids = items.map(({ id }) => id);
      let reasons: Map<string, string>;
      try {
        const { failed } = await requestJson<ManyAnswer>("POST", "/api/generations/changes", { body: { ids, marks: wanted } });
        reasons = new Map(failed.map(({ id, code, message }) => [id, words.sentence(code, message)]));
      } catch (error) {
        const reason = sentenceOf(words, error, "done.notDone");
        reasons = new Map(ids.map((id) => [id, reason]));
      }
      const refused = items.filter(({ id }) => reasons.has(id));
      if (refused.length > 0) change(unmarking(refused, marks));
      const pictures = words.say("pictures", { count: refused.length });
      const [reason] = reasons.values();
      if (reason) toast(refused.length === items.length ? reason : words.say("done.manyNotChanged", { pictures, reason }));
      return items.filter(({ id }) => !reasons.has(id)).map((item) => marked(item, marks));
    },
    [change, toast, words],
  );
}
