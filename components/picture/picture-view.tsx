import { ViewTransition } from "react";
import { Placeholder } from "@/components/gallery/placeholder";
import type { Generation } from "@/lib/gallery/generation";

/** The picture as large as the window allows, whole and in its true shape. */
export function PictureView({ item }: { item: Generation }) {
  return (
    <div className="flex min-w-0 items-start justify-center lg:sticky lg:top-4 lg:self-start">
      <ViewTransition name={`picture-${item.id}`} share="morph" default="none">
        <div className="picture-ground relative">
          <Placeholder hash={item.placeholder} />
          <img
            src={item.imageUrl}
            alt={item.title ?? item.prompt}
            width={item.width}
            height={item.height}
            fetchPriority="high"
            className="relative block h-auto max-h-[calc(100dvh-6rem)] w-auto max-w-full text-transparent"
          />
        </div>
      </ViewTransition>
    </div>
  );
}
