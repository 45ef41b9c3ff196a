import { useMemo, useRef } from "react";
import { request, requestJson, sentenceOf } from "@/components/api-client";
import { timeToRead, useToast } from "@/components/feedback/toaster";
import { useWords } from "@/components/language/words-provider";
import { useMaking } from "@/components/making/making-provider";
import { draftOf, requestOf } from "@/components/making/request-of";
import { changeDraft } from "@/components/prompt/draft";
import type { Generation } from "@/lib/gallery/generation";
import type { ManyMarks } from "@/lib/gallery/requests";
import { changeMany, type ManyAnswer } from "./change-many";
import { useShelfChange } from "./shelves-provider";

export type ItemActions = ReturnType<typeof useItemActions>;

/** What one can do with a picture. Lists change at once and change back, with the server's sentence, when the server refuses. */
export function useItemActions() {
  const change = useShelfChange();
  const words = useWords();
  const toast = useToast();
  const { make } = useMaking();
  const lately = useRef<{ items: readonly Generation[]; until: number }>({ items: [], until: 0 });
  return useMemo(() => {
    const { say, sentence } = words;
    const pictures = (count: number) => ({ pictures: say("pictures", { count }) });
    const path = (item: Generation) => `/api/generations/${item.id}`;

    async function act(before: Generation, after: Generation | null, send: () => Promise<unknown>): Promise<boolean> {
      change(after ? { type: "placed", items: [after] } : { type: "erased", ids: [before.id] });
      try {
        await send();
        return true;
      } catch (error) {
        change({ type: "placed", items: [before] });
        toast(sentenceOf(words, error, "done.notDone"));
        return false;
      }
    }

    async function restore(item: Generation): Promise<boolean> {
      const restored = { ...item, trashedAt: null };
      const done = await act(item, restored, () => requestJson("PATCH", path(item), { body: { trashed: false } }));
      if (done) toast(say("done.restored"));
      return done;
    }

    async function trash(item: Generation): Promise<boolean> {
      const trashed = { ...item, trashedAt: new Date().toISOString() };
      const done = await act(item, trashed, () => request("DELETE", path(item)));
      if (done) tellTrashed([trashed]);
      return done;
    }

    /** What goes to the trash shortly after something else is told, and undone, together with it. */
    function tellTrashed(items: readonly Generation[]): void {
      const now = Date.now();
      lately.current = { items: now < lately.current.until ? [...lately.current.items, ...items] : items, until: now + timeToRead };
      const all = lately.current.items;
      const undo = () => {
        lately.current = { items: [], until: 0 };
        void (all.length === 1 && all[0] ? restore(all[0]) : markAll(all, { trashed: false }));
      };
      const told = all.length === 1 ? say("done.trashed") : say("done.manyTrashed", pictures(all.length));
      toast(told, { label: say("done.undo"), run: undo }, "trash");
    }

    /** Marks many alike, at once here and in one request; those that the server refuses change back. */
    async function markAll(items: readonly Generation[], marks: ManyMarks): Promise<boolean> {
      const { favorite, trashed } = marks;
      const trashedAt = trashed ? new Date().toISOString() : null;
      const after = items.map((item) => ({
        ...item,
        ...(favorite !== undefined && { favorite }),
        ...(trashed !== undefined && { trashedAt }),
      }));
      change({ type: "placed", items: after });
      const undone = await changeMany(
        words,
        items.map(({ id }) => id),
        marks,
      );
      if (undone.size > 0) change({ type: "placed", items: items.filter(({ id }) => undone.has(id)) });
      const [reason] = undone.values();
      if (reason) toast(undone.size === items.length ? reason : say("done.manyNotChanged", { ...pictures(undone.size), reason }));
      const done = after.filter(({ id }) => !undone.has(id));
      if (done.length > 0 && trashed) tellTrashed(done);
      else if (done.length > 0 && trashed === false) toast(say("done.manyRestored", pictures(done.length)));
      else if (done.length > 0) toast(say(favorite ? "done.manyFavourites" : "done.manyNoFavourites", pictures(done.length)));
      return undone.size === 0;
    }

    /** Erases what was in the trash when the person was asked. */
    async function emptyTrash(before: number): Promise<void> {
      try {
        const { done, failed } = await requestJson<ManyAnswer>("DELETE", `/api/generations?trashed=true&before=${before}`);
        change({ type: "erased", ids: done });
        const [first] = failed;
        if (!first) return toast(say("done.manyErased", pictures(done.length)));
        toast(say("done.manyNotErased", { ...pictures(failed.length), reason: sentence(first.code, first.message) }));
      } catch (error) {
        toast(sentenceOf(words, error, "done.notDone"));
      }
    }

    async function erase(item: Generation): Promise<boolean> {
      const done = await act(item, null, () => request("DELETE", `${path(item)}?permanent=true`));
      if (done) toast(say("done.erased"));
      return done;
    }

    async function favorite(item: Generation, wanted: boolean): Promise<boolean> {
      return act(item, { ...item, favorite: wanted }, () => request("PATCH", path(item), { body: { favorite: wanted } }));
    }

    /** An empty title takes it away. */
    async function rename(item: Generation, title: string): Promise<boolean> {
      return act(item, { ...item, title: title.trim() || null }, () => request("PATCH", path(item), { body: { title } }));
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
  }, [change, make, toast, words]);
}
