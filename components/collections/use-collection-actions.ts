import { useMemo } from "react";
import { request, requestJson, sentenceOf } from "@/components/api-client";
import { useToast } from "@/components/feedback/toaster";
import { useWords } from "@/components/language/words-provider";
import type { Collection } from "@/lib/gallery/collection";
import { type Change, moved, renamed, withAt, without } from "./collection-list";
import { useCollections } from "./collections-provider";
import { quoted } from "./quoted";

/** What one can do with collections. They change at once and change back, with the server's sentence, when the server refuses. */
export function useCollectionActions() {
  const { collections, change } = useCollections();
  const words = useWords();
  const toast = useToast();
  return useMemo(() => {
    const path = (id: string) => `/api/collections/${id}`;

    async function act(map: Change["map"], send: () => Promise<unknown>): Promise<{ takeBack: () => void } | null> {
      const takeBack = change(map);
      try {
        await send();
        return { takeBack };
      } catch (error) {
        takeBack();
        toast(sentenceOf(words, error, "done.notDone"));
        return null;
      }
    }

    /** Begins one after all others; null when the server refuses. */
    async function create(title: string): Promise<Collection | null> {
      try {
        const made = await requestJson<Collection>("POST", "/api/collections", { body: { title } });
        change(withAt(Number.POSITIVE_INFINITY, made));
        return made;
      } catch (error) {
        toast(sentenceOf(words, error, "done.notDone"));
        return null;
      }
    }

    async function rename({ id }: Collection, title: string): Promise<void> {
      await act(renamed(id, title.trim()), () => request("PATCH", path(id), { body: { title } }));
    }

    /** Puts one before another, or with null after all. */
    async function move({ id }: Collection, before: string | null): Promise<void> {
      await act(moved(id, before), () => request("PATCH", path(id), { body: { before } }));
    }

    async function remove(collection: Collection): Promise<void> {
      const place = (collections ?? []).findIndex(({ id }) => id === collection.id);
      const done = await act(without(collection.id), () => request("DELETE", path(collection.id)));
      if (!done) return;
      async function undo(removal: { takeBack: () => void }) {
        removal.takeBack();
        const back = await act(withAt(place, collection), () => request("PATCH", path(collection.id), { body: { removed: false } }));
        if (!back) change(without(collection.id));
      }
      const told = words.say("done.collectionRemoved", { title: quoted(words, collection.title) });
      toast(told, { label: words.say("done.undo"), run: () => void undo(done) }, "collections");
    }

    return { create, rename, move, remove };
  }, [change, collections, toast, words]);
}
