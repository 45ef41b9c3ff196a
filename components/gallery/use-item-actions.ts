import { useMemo } from "react";
import { ApiFailure, request, requestJson } from "@/components/api-client";
import { useToast } from "@/components/feedback/toaster";
import { useMaking } from "@/components/making/making-provider";
import { draftOf, requestOf } from "@/components/making/request-of";
import { changeDraft } from "@/components/prompt/draft";
import type { Generation } from "@/lib/gallery/generation";
import { useShelfChange } from "./shelves-provider";

export type ItemActions = ReturnType<typeof useItemActions>;

/** What one can do with a picture. Lists change at once and change back, with the server's sentence, when the server refuses. */
export function useItemActions() {
  const change = useShelfChange();
  const toast = useToast();
  const { make } = useMaking();
  return useMemo(() => {
    const path = (item: Generation) => `/api/generations/${item.id}`;

    async function act(before: Generation, after: Generation | null, send: () => Promise<unknown>): Promise<boolean> {
      change(after ? { type: "placed", item: after } : { type: "erased", id: before.id });
      try {
        await send();
        return true;
      } catch (error) {
        change({ type: "placed", item: before });
        toast(error instanceof ApiFailure ? error.message : "That could not be done. Try again in a moment.");
        return false;
      }
    }

    async function restore(item: Generation): Promise<boolean> {
      const restored = { ...item, trashedAt: null };
      const done = await act(item, restored, () => requestJson("PATCH", path(item), { body: { trashed: false } }));
      if (done) toast("Back in your gallery.");
      return done;
    }

    async function trash(item: Generation): Promise<boolean> {
      const trashed = { ...item, trashedAt: new Date().toISOString() };
      const done = await act(item, trashed, () => request("DELETE", path(item)));
      if (done) toast("Moved to trash.", { label: "Undo", run: () => void restore(trashed) });
      return done;
    }

    async function erase(item: Generation): Promise<boolean> {
      const done = await act(item, null, () => request("DELETE", `${path(item)}?permanent=true`));
      if (done) toast("Erased for good.");
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
    function remake({ prompt, seed }: Generation, size: string | undefined): void {
      changeDraft({ prompt, seed, ...(size && { size }) });
    }

    return { restore, trash, erase, favorite, rename, vary, remake };
  }, [change, make, toast]);
}
