type KeptHere<T> = {
  /** What is kept; what it begins with where nothing is. */
  read: () => T;
  /** Changes parts of it, here and in what the browser keeps. */
  change: (part: Partial<T>) => void;
  /** Takes it out of this browser. */
  forget: () => void;
  /** For `useSyncExternalStore`. */
  subscribe: (listener: () => void) => () => void;
};

/** Something that outlives reloads and signing in, in this browser only. */
export function keptHere<T extends object>(key: string, beginning: T): KeptHere<T> {
  let current: T | null = null;
  const listeners = new Set<() => void>();

  function read(): T {
    if (current) return current;
    try {
      const kept = localStorage.getItem(key);
      // The very same as on the server where there is none: then nothing need be rendered again.
      current = kept === null ? beginning : { ...beginning, ...(JSON.parse(kept) as Partial<T>) };
    } catch {
      // Storage is refused in some embedded frames, or holds something else: begin afresh.
      current = beginning;
    }
    return current;
  }

  return {
    read,
    change(part) {
      current = { ...read(), ...part };
      try {
        localStorage.setItem(key, JSON.stringify(current));
      } catch {
        // Not kept then; it still works until the page is left.
      }
      for (const listener of listeners) listener();
    },
    forget() {
      current = beginning;
      try {
        localStorage.removeItem(key);
      } catch {
        // Nothing was kept.
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
