"use client";

import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { Placeholder } from "@/components/gallery/placeholder";
import { useWords } from "@/components/language/words-provider";
import { useKeys } from "@/components/use-keys";
import type { Generation } from "@/lib/gallery/generation";
import { useGestures } from "./use-gestures";

/** Another picture of the same list, and its address. */
export type Step = { id: string; href: string };

type StageProps = {
  item: Generation;
  previous: Step | null;
  next: Step | null;
  onStep: (step: Step) => void;
  /** All of the picture has come. */
  onLoaded?: () => void;
};

/** How far an arrow key moves a picture that is zoomed into, in px. */
const stride = 80;

/** One picture as large as its place allows: zoomed by click, key or pinch; left and right of it the way to its neighbours. */
export function Stage({ item, previous, next, onStep, onLoaded }: StageProps) {
  const { say } = useWords();
  const picture = useRef<HTMLDivElement>(null);
  const stepTo = (direction: -1 | 1) => {
    const step = direction < 0 ? previous : next;
    if (step) onStep(step);
  };
  const { zoomed, toggleZoom, pan, handlers } = useGestures(picture, item.id, stepTo);
  useKeys({
    arrowleft: () => (zoomed ? pan({ x: stride, y: 0 }) : stepTo(-1)),
    arrowright: () => (zoomed ? pan({ x: -stride, y: 0 }) : stepTo(1)),
    ...(zoomed && { arrowup: () => pan({ x: 0, y: stride }), arrowdown: () => pan({ x: 0, y: -stride }) }),
    z: toggleZoom,
  });
  return (
    <div className="stage relative flex min-h-0 min-w-0 items-center justify-center overflow-hidden">
      <div
        key={item.id}
        ref={picture}
        className={`picture-ground relative max-h-full max-w-full select-none ${zoomed ? "cursor-zoom-out touch-none" : "cursor-zoom-in touch-pan-y"}`}
        {...handlers}
      >
        {/* As large as the picture will be, before a byte of it is there. */}
        <svg width={item.width} height={item.height} className="stage-picture block h-auto w-auto max-w-full" aria-hidden="true" />
        <Placeholder hash={item.placeholder} preview={item.thumbnailUrl} />
        <img
          src={item.imageUrl}
          alt={item.title ?? item.prompt}
          width={item.width}
          height={item.height}
          draggable={false}
          decoding="async"
          // After the thumbnail, which stands in its place within a moment.
          fetchPriority="low"
          onLoad={onLoaded}
          className="absolute inset-0 size-full text-transparent"
        />
      </div>
      <StepLink step={previous} label={say("picture.previous")} place="left-2 sm:left-3" onStep={onStep}>
        <ChevronLeft size={22} aria-hidden />
      </StepLink>
      <StepLink step={next} label={say("picture.next")} place="right-2 sm:right-3" onStep={onStep}>
        <ChevronRight size={22} aria-hidden />
      </StepLink>
      <button
        type="button"
        aria-label={say("picture.zoom")}
        aria-pressed={zoomed}
        title={zoomed ? say("picture.zoomOut") : say("picture.zoomIn")}
        onClick={toggleZoom}
        className="stage-button right-2 bottom-2 sm:right-3 sm:bottom-3"
      >
        {zoomed ? <ZoomOut size={18} aria-hidden /> : <ZoomIn size={18} aria-hidden />}
      </button>
    </div>
  );
}

type StepLinkProps = { step: Step | null; label: string; place: string; onStep: (step: Step) => void; children: ReactNode };

function StepLink({ step, label, place, onStep, children }: StepLinkProps) {
  if (!step) return null;
  return (
    <Link
      href={step.href}
      prefetch={false}
      aria-label={label}
      title={label}
      className={`stage-button top-1/2 -translate-y-1/2 ${place}`}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onStep(step);
      }}
    >
      {children}
    </Link>
  );
}

/** Fetches pictures before they are asked for, and holds them for as long as they are near. */
export function usePreloaded(items: readonly (Generation | undefined)[]) {
  const addresses = items.flatMap((item) => item?.imageUrl ?? []).join(" ");
  useEffect(() => {
    if (!addresses) return;
    const held = addresses.split(" ").map((src) => Object.assign(new Image(), { fetchPriority: "low", src }));
    return () => {
      for (const image of held) image.src = "";
    };
  }, [addresses]);
}
