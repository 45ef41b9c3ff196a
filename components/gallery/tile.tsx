"use client";

import Link from "next/link";
import type { MouseEvent, ReactNode } from "react";
import { useMaking } from "@/components/making/making-provider";
import type { Generation } from "@/lib/gallery/generation";
import { Placeholder } from "./placeholder";
import { shapeClass, shapeRef } from "./shape";

type TileProps = {
  item: Generation;
  href: string;
  eager: boolean;
  /** Opens the picture in place; without it, or in a new tab, its page does. */
  onOpen?: () => void;
  children: ReactNode;
  corner?: ReactNode;
};

/** One picture on the light table; `children` are its quiet actions, `corner` is what stands apart from them. */
export function Tile({ item, href, eager, onOpen, children, corner }: TileProps) {
  const { previewOf } = useMaking();
  return (
    <li ref={shapeRef(item)} className={shapeClass(item)} data-picture={item.id}>
      <Link
        href={href}
        prefetch={false}
        className="block size-full rounded-picture"
        onClick={(event) => {
          if (!onOpen || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          onOpen();
        }}
      >
        <span className="picture-ground relative block size-full">
          <Placeholder hash={item.placeholder} preview={previewOf(item.id)} />
          <img
            src={item.thumbnailUrl}
            alt={item.title ?? item.prompt}
            width={item.width}
            height={item.height}
            loading={eager ? "eager" : "lazy"}
            decoding="async"
            className="absolute inset-0 size-full object-cover text-transparent"
          />
        </span>
      </Link>
      {corner}
      <div className="tile-actions absolute right-1.5 bottom-1.5 flex gap-1.5">{children}</div>
    </li>
  );
}

type TileActionProps = { label: string; onClick: (event: MouseEvent<HTMLElement>) => void; children: ReactNode };

export function TileAction({ label, onClick, children }: TileActionProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid size-9 place-items-center rounded-full bg-shade text-on-shade backdrop-blur-sm hover:bg-accent hover:text-on-accent"
    >
      {children}
    </button>
  );
}

/** Before a tile leaves, the keyboard moves on to the next one, or back to the one before. A click of the keyboard has no detail. */
export function focusNeighbour(event: MouseEvent<HTMLElement>): void {
  if (event.detail !== 0) return;
  const tile = event.currentTarget.closest("li");
  const neighbour = tile?.nextElementSibling ?? tile?.previousElementSibling;
  neighbour?.querySelector<HTMLElement>("a, button")?.focus();
}
