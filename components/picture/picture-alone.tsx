"use client";

import { useRouter } from "next/navigation";
import type { Generation } from "@/lib/gallery/generation";
import { PicturePanel } from "./picture-panel";
import { Stage, type Step } from "./stage";

type PictureAloneProps = { item: Generation; size: string | undefined; longestTitle: number; previous: Step | null; next: Step | null };

/** A picture on a page of its own. */
export function PictureAlone({ item, size, longestTitle, previous, next }: PictureAloneProps) {
  const router = useRouter();
  return (
    <article className="page-edge grid gap-x-10 gap-y-8 pt-2 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="stage-alone lg:sticky lg:top-2 lg:self-start">
        <Stage item={item} previous={previous} next={next} onStep={({ href }) => router.replace(href)} />
      </div>
      <div className="min-w-0 lg:pt-2">
        <PicturePanel
          item={item}
          size={size}
          longestTitle={longestTitle}
          onChanged={router.refresh}
          onGone={() => router.push(item.trashedAt ? "/gallery/trash" : "/gallery")}
          onMake={() => router.push("/gallery")}
        />
      </div>
    </article>
  );
}
