import { requestJson, sentenceOf } from "@/components/api-client";
import type { ManyMarks } from "@/lib/gallery/requests";
import type { ClientKey, Words } from "@/lib/language/words";

export type ManyAnswer = { done: string[]; failed: { id: string; code: string; message: string }[] };

/** Marks many pictures in one request; resolves with the sentence for each that the server refused. */
export async function changeMany(words: Words<ClientKey>, ids: readonly string[], marks: ManyMarks): Promise<Map<string, string>> {
  try {
    const { failed } = await requestJson<ManyAnswer>("POST", "/api/generations/changes", { body: { ids, marks } });
    return new Map(failed.map(({ id, code, message }) => [id, words.sentence(code, message)]));
  } catch (error) {
    const message = sentenceOf(words, error, "done.notDone");
    return new Map(ids.map((id) => [id, message]));
  }
}
