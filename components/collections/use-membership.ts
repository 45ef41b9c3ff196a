import { useCallback } from "react";
import { useToast } from "@/components/feedback/toaster";
import { useMarkMany } from "@/components/gallery/use-mark-many";
import { useWords } from "@/components/language/words-provider";
import type { Collection } from "@/lib/gallery/collection";
import type { Generation } from "@/lib/gallery/generation";
import { useCollections } from "./collections-provider";
import { quoted } from "./quoted";

type Titled = Pick<Collection, "id" | "title">;

/** Puts pictures into a collection or takes them out, at once; those that the server refuses change back. Resolves when it has answered. */
export function useMembership() {
  const markMany = useMarkMany();
  const { refresh } = useCollections();
  const toast = useToast();
  const words = useWords();
  return useCallback(
    async function collect(items: readonly Generation[], collection: Titled, isIn: boolean): Promise<void> {
      const { say } = words;
      const title = quoted(words, collection.title);
      const moving = items.filter(({ collections }) => collections.includes(collection.id) !== isIn);
      if (moving.length === 0) {
        if (items.length > 0 && isIn) toast(say("done.alreadyCollected", { title }));
        return;
      }
      const marks = { collections: { [collection.id]: isIn } };
      const done = await markMany(moving, marks, marks);
      if (done.length > 0) {
        const undo = { label: say("done.undo"), run: () => void collect(done, collection, !isIn) };
        const pictures = say("pictures", { count: done.length });
        toast(say(isIn ? "done.collected" : "done.takenOut", { pictures, title }), undo, "collections");
      }
      await refresh();
    },
    [markMany, refresh, toast, words],
  );
}
