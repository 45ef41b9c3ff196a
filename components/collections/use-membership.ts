import { useCallback } from "react";
import { useToast } from "@/components/feedback/toaster";
import { changeMany } from "@/components/gallery/change-many";
import { marked, marking, unmarking } from "@/components/gallery/marks";
import { useShelfChange } from "@/components/gallery/shelves-provider";
import { useWords } from "@/components/language/words-provider";
import type { Collection } from "@/lib/gallery/collection";
import type { Generation } from "@/lib/gallery/generation";
import { useCollections } from "./collections-provider";
import { quoted } from "./quoted";

type Titled = Pick<Collection, "id" | "title">;

/** Puts pictures into a collection or takes them out, at once; those that the server refuses change back. Resolves when it has answered. */
export function useMembership() {
  const change = useShelfChange();
  const { refresh } = useCollections();
  const toast = useToast();
  const words = useWords();
  return useCallback(
    async function collect(items: readonly Generation[], collection: Titled, isIn: boolean): Promise<void> {
      const { say } = words;
      const title = quoted(words, collection.title);
      const pictures = (count: number) => say("pictures", { count });
      const moving = items.filter(({ collections }) => collections.includes(collection.id) !== isIn);
      if (moving.length === 0) {
        if (items.length > 0 && isIn) toast(say("done.alreadyCollected", { title }));
        return;
      }
      const marks = { collections: { [collection.id]: isIn } };
      change(marking(moving, marks));
      const refused = await changeMany(
        words,
        moving.map(({ id }) => id),
        marks,
      );
      if (refused.size > 0)
        change(
          unmarking(
            moving.filter(({ id }) => refused.has(id)),
            marks,
          ),
        );
      const done = moving.filter(({ id }) => !refused.has(id)).map((item) => marked(item, marks));
      const [reason] = refused.values();
      if (reason) toast(done.length === 0 ? reason : say("done.manyNotChanged", { pictures: pictures(refused.size), reason }));
      if (done.length > 0) {
        const undo = { label: say("done.undo"), run: () => void collect(done, collection, !isIn) };
        toast(say(isIn ? "done.collected" : "done.takenOut", { pictures: pictures(done.length), title }), undo, "collections");
      }
      await refresh();
    },
    [change, refresh, toast, words],
  );
}
