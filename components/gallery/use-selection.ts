import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { isForThePage, useKeys } from "@/components/use-keys";
import type { Generation } from "@/lib/gallery/generation";

export type Selection = {
  /** Selected pictures, in the order of the list. */
  items: readonly Generation[];
  has: (id: string) => boolean;
  /** Takes one in or out; with `through`, all from the one chosen last up to this one. */
  choose: (id: string, through: boolean) => void;
  all: () => void;
  clear: () => void;
};

/** A selection from a list: by click, Shift and click, Ctrl or Cmd and A; Escape ends it. `most` is how many it may have. */
export function useSelection(list: readonly Generation[], most: number, isActive: boolean): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const current = useRef({ list, last: null as string | null });
  useEffect(() => {
    current.current.list = list;
  });

  const choose = useCallback(
    (id: string, through: boolean) => {
      const { list: shown, last } = current.current;
      current.current.last = id;
      setIds((before) => {
        const [from, to] = [last, id].map((wanted) => shown.findIndex((item) => item.id === wanted)) as [number, number];
        if (through && from !== -1 && to !== -1) {
          const between = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
          return new Set([...before, ...between.map((item) => item.id)].slice(0, most));
        }
        const after = new Set(before);
        if (!after.delete(id) && after.size < most) after.add(id);
        return after;
      });
    },
    [most],
  );
  const all = useCallback(() => setIds(new Set(current.current.list.slice(0, most).map(({ id }) => id))), [most]);
  const clear = useCallback(() => setIds(new Set()), []);

  const items = useMemo(() => (ids.size === 0 ? [] : list.filter(({ id }) => ids.has(id))), [ids, list]);
  useKeys(isActive && items.length > 0 ? { escape: clear } : {});
  useEffect(() => {
    if (!isActive) return;
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "a" || !isForThePage(event)) return;
      event.preventDefault();
      all();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [all, isActive]);

  return useMemo(() => ({ items, has: (id) => ids.has(id), choose, all, clear }), [all, choose, clear, ids, items]);
}
