import { useMemo } from "react";
import { request, requestJson, sentenceOf } from "@/components/api-client";
import { timeToRead, useToast } from "@/components/feedback/toaster";
import { useWords } from "@/components/language/words-provider";
import { useMaking } from "@/components/making/making-provider";
import { draftOf, requestOf } from "@/components/making/request-of";
import { changeDraft } from "@/components/prompt/draft";
import type { Generation } from "@/lib/gallery/generation";
import type { ManyMarks } from "@/lib/gallery/requests";
import { type Marks, marking, unmarking } from "./marks";
import type { ShelfChange } from "./shelves";
import { useShelfChange } from "./shelves-provider";
import { type ManyAnswer, useMarkMany } from "./use-mark-many";

/** What went to the trash lately, from wherever; until when its message is read, in ms since the epoch. */
let lately: { items: readonly Generation[]; until: number } = { items: [], until: 0 };

export type ItemActions = ReturnType<typeof useItemActions>;

/** What one can do with a picture. Lists change at once and change back, with the server's sentence, when the server refuses. */
export function useItemActions() {
  const change = useShelfChange();
  const words = useWords();
  const toast = useToast();
  const { make } = useMaking();
  const markMany = useMarkMany();
  return useMemo(() => {
    const { say, sentence } = words;
    const pictures = (count: number) => ({ pictures: say("pictures", { count }) });
    const path = (item: Generation) => `/api/generations/${item.id}`;

    async function act(there: ShelfChange, back: ShelfChange, send: () => Promise<unknown>): Promise<boolean> {
      change(there);
      try {
        await send();
        return true;
      } catch (error) {
        change(back);
        toast(sentenceOf(words, error, "done.notDone"));
        return false;
      }
    }

    /** Only what is marked changes back: something else may have been changed meanwhile. */
    function mark(item: Generation, marks: Marks, send: () => Promise<unknown>): Promise<boolean> {
      return act(marking([item], marks), unmarking([item], marks), send);
    }

    async function restore(item: Generation): Promise<boolean> {
      const done = await mark(item, { trashedAt: null }, () => requestJson("PATCH", path(item), { body: { trashed: false } }));
      if (done) toast(say("done.restored"));
      return done;
    }

    async function trash(item: Generation): Promise<boolean> {
      const trashedAt = new Date().toISOString();
      const done = await mark(item, { trashedAt }, () => request("DELETE", path(item)));
      if (done) tellTrashed([{ ...item, trashedAt }]);
      return done;
    }

    /** What goes to the trash shortly after something else is told, and undone, together with it. */
    function tellTrashed(items: readonly Generation[]): void {
      const now = Date.now();
      lately = { items: now < lately.until ? [...lately.items, ...items] : items, until: now + timeToRead };
      const all = lately.items;
      const undo = () => {
        lately = { items: [], until: 0 };
        void (all.length === 1 && all[0] ? restore(all[0]) : markAll(all, { trashed: false }));
      };
      const told = all.length === 1 ? say("done.trashed") : say("done.manyTrashed", pictures(all.length));
      toast(told, { label: say("done.undo"), run: undo }, "trash");
    }

    /** Marks many alike. Resolves with whether the server refused none. */
    async function markAll(items: readonly Generation[], wanted: ManyMarks): Promise<boolean> {
      const { favorite, trashed } = wanted;
      const trashedAt = trashed ? new Date().toISOString() : null;
      const marks: Marks = { ...(favorite !== undefined && { favorite }), ...(trashed !== undefined && { trashedAt }) };
      const done = await markMany(items, marks, wanted);
      if (done.length > 0 && trashed) tellTrashed(done);
      else if (done.length > 0 && trashed === false) toast(say("done.manyRestored", pictures(done.length)));
      else if (done.length > 0) toast(say(favorite ? "done.manyFavourites" : "done.manyNoFavourites", pictures(done.length)));
      return done.length === items.length;
    }

    /** Erases what was in the trash when the person was asked, in ms since the epoch. */
    async function emptyTrash(asked: number): Promise<void> {
      // The clock of this device may be wrong, which does not matter to how long ago that was.
      const askedMsAgo = Math.max(0, Date.now() - asked);
      try {
        const { done, failed } = await requestJson<ManyAnswer>("DELETE", `/api/generations?trashed=true&askedMsAgo=${askedMsAgo}`);
        change({ type: "erased", ids: done });
        const [first] = failed;
        if (!first) return toast(say("done.manyErased", pictures(done.length)));
        toast(say("done.manyNotErased", { ...pictures(failed.length), reason: sentence(first.code, first.message) }));
      } catch (error) {
        toast(sentenceOf(words, error, "done.notDone"));
      }
    }

    async function erase(item: Generation): Promise<boolean> {
      const there: ShelfChange = { type: "erased", ids: [item.id] };
      const done = await act(there, { type: "placed", items: [item] }, () => request("DELETE", `${path(item)}?permanent=true`));
      if (done) toast(say("done.erased"));
      return done;
    }

    async function favorite(item: Generation, wanted: boolean): Promise<boolean> {
      return mark(item, { favorite: wanted }, () => request("PATCH", path(item), { body: { favorite: wanted } }));
    }

    /** An empty title takes it away. */
    async function rename(item: Generation, title: string): Promise<boolean> {
      return mark(item, { title: title.trim() || null }, () => request("PATCH", path(item), { body: { title } }));
    }

    /** Same words and shape, new seed: fills the form too, and begins at once. */
    function vary(item: Generation, size: string | undefined): void {
      const asked = requestOf(item);
      changeDraft({ ...draftOf(asked), seed: null, ...(size && { size }) });
      make({ ...asked, seed: undefined });
    }

    /** Fills the form with everything that made the picture, to be changed there. */
    function remake(item: Generation, size: string | undefined): void {
      changeDraft({ ...draftOf(requestOf(item)), ...(size && { size }) });
    }

    return { restore, trash, erase, favorite, rename, vary, remake, markAll, emptyTrash };
  }, [change, make, markMany, toast, words]);
}
