import { useMemo } from "react";
import { request, requestJson, sentenceOf } from "@/components/api-client";
import { useToast } from "@/components/feedback/toaster";
import { useWords } from "@/components/language/words-provider";
import type { Collection } from "@/lib/gallery/collection";
import { useCollections } from "./collections-provider";
import { quoted } from "./quoted";

/** What one can do with collections. They change at once and change back, with the server's sentence, when the server refuses. */
export function useCollectionActions() {
  const { collections, change } = useCollections();
  const words = useWords();
  const toast = useToast();
  return useMemo(() => {
    const path = (id: string) => `/api/collections/${id}`;

    async function act(map: (known: readonly Collection[]) => readonly Collection[], send: () => Promise<unknown>): Promise<boolean> {
      const takeBack = change(map);
      try {
        await send();
        return true;
      } catch (error) {
        takeBack();
        toast(sentenceOf(words, error, "done.notDone"));
        return false;
      }
    }

    /** Begins one after all others; null when the server refuses. */
    async function create(title: string): Promise<Collection | null> {
      try {
        const made = await requestJson<Collection>("POST", "/api/collections", { body: { title } });
        change((known) => (has(known, made) ? known : [...known, made]));
        return made;
      } catch (error) {
        toast(sentenceOf(words, error, "done.notDone"));
        return null;
      }
    }

    function rename({ id }: Collection, title: string): Promise<boolean> {
      const renamed = (known: readonly Collection[]) => known.map((other) => (other.id === id ? { ...other, title: title.trim() } : other));
      return act(renamed, () => request("PATCH", path(id), { body: { title } }));
    }

    /** Puts one before another, or with null after all. */
    function move(collection: Collection, before: string | null): Promise<boolean> {
      return act(
        (known) => {
          const others = known.filter(({ id }) => id !== collection.id);
          const index = others.findIndex(({ id }) => id === before);
          return others.toSpliced(index === -1 ? others.length : index, 0, collection);
        },
        () => request("PATCH", path(collection.id), { body: { before } }),
      );
    }

    async function remove(collection: Collection): Promise<boolean> {
      const place = (collections ?? []).findIndex(({ id }) => id === collection.id);
      const done = await act(
        (known) => known.filter(({ id }) => id !== collection.id),
        () => request("DELETE", path(collection.id)),
      );
      const undo = () =>
        act(
          (known) => (has(known, collection) ? known : known.toSpliced(place, 0, collection)),
          () => request("PATCH", path(collection.id), { body: { removed: false } }),
        );
      const told = words.say("done.collectionRemoved", { title: quoted(words, collection.title) });
      if (done) toast(told, { label: words.say("done.undo"), run: () => void undo() }, "collections");
      return done;
    }

    return { create, rename, move, remove };
  }, [change, collections, toast, words]);
}

function has(collections: readonly Collection[], { id }: Collection): boolean {
  return collections.some((other) => other.id === id);
}
