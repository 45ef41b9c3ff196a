"use client";

import Link from "next/link";
import { type DragEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useWords } from "@/components/language/words-provider";
import type { Collection } from "@/lib/gallery/collection";
import { carriesCollection, carriesPictures, dragCollection, droppedCollection, droppedPictures } from "./dragging";
import { useCollectionActions } from "./use-collection-actions";
import { useMembership } from "./use-membership";

type CollectionsStripProps = {
  collections: readonly Collection[];
  /** Id of the one that is open; empty for the whole gallery. */
  open: string;
  onOpen: (id: string) => void;
  canDrag: boolean;
};

/** The ways to all pictures and to each collection. Pictures are dropped onto one to add them, one onto another to put it before that. */
export function CollectionsStrip({ collections, open, onOpen, canDrag }: CollectionsStripProps) {
  const { say } = useWords();
  const { move } = useCollectionActions();
  const collect = useMembership();
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    // Into the middle of the strip, without moving the page.
    const link = strip.current?.querySelector<HTMLElement>(open ? `[data-collection="${open}"]` : "li");
    if (strip.current && link) strip.current.scrollLeft = link.offsetLeft - (strip.current.clientWidth - link.clientWidth) / 2;
  }, [open]);
  if (collections.length === 0) return null;
  const drop = (event: DragEvent, target: Collection) => {
    if (carriesPictures(event)) return void collect(droppedPictures(), target, true);
    const moving = collections.find(({ id }) => id === droppedCollection(event));
    if (moving && moving.id !== target.id) void move(moving, target.id);
  };
  return (
    <nav ref={strip} aria-label={say("collections.title")} className="collections-strip">
      <ul>
        <li>
          <StripLink href="/gallery" isOpen={open === ""} onOpen={() => onOpen("")}>
            {say("collections.all")}
          </StripLink>
        </li>
        {collections.map((collection) => (
          <DropTarget key={collection.id} id={collection.id} onDrop={(event) => drop(event, collection)}>
            <StripLink
              href={`/gallery?collection=${collection.id}`}
              isOpen={open === collection.id}
              onOpen={() => onOpen(collection.id)}
              {...(canDrag && { onDragStart: (event: DragEvent) => dragCollection(event, collection.id) })}
            >
              <bdi>{collection.title}</bdi>
            </StripLink>
          </DropTarget>
        ))}
      </ul>
    </nav>
  );
}

function DropTarget({ id, onDrop, children }: { id: string; onDrop: (event: DragEvent) => void; children: ReactNode }) {
  const [over, setOver] = useState(false);
  return (
    <li
      data-collection={id}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!carriesPictures(event) && !carriesCollection(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDrop(event);
      }}
    >
      {children}
    </li>
  );
}

type StripLinkProps = {
  href: string;
  isOpen: boolean;
  onOpen: () => void;
  onDragStart?: (event: DragEvent) => void;
  children: ReactNode;
};

function StripLink({ href, isOpen, onOpen, onDragStart, children }: StripLinkProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={isOpen ? "page" : undefined}
      draggable={onDragStart !== undefined}
      onDragStart={onDragStart}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onOpen();
      }}
    >
      {children}
    </Link>
  );
}
