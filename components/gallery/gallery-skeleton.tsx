"use client";

import { useWords } from "@/components/language/words-provider";
import { shapeClass } from "./shape";

const count = 12;

/** The light table before its pictures are known: the offered sizes in turn. */
export function GallerySkeleton({ sizes }: { sizes: readonly { name: string; width: number; height: number }[] }) {
  const { say } = useWords();
  const shapes = Array.from({ length: count }, (_, index) => ({ place: index, size: sizes[(index * 3) % sizes.length] }));
  return (
    <div className="light-table">
      <ul aria-label={say("gallery.loading")}>
        {shapes.map(
          ({ place, size }) => size && <li key={place} aria-hidden="true" className={`${shapeClass(size)} picture-ground breathe`} />,
        )}
      </ul>
    </div>
  );
}
