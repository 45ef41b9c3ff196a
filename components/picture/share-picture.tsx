"use client";

import { Share2 } from "lucide-react";
import { useEffect, useState } from "react";
import { request } from "@/components/api-client";
import { buttonClass } from "@/components/button";
import { useToast } from "@/components/feedback/toaster";
import { useWords } from "@/components/language/words-provider";
import type { Generation } from "@/lib/gallery/generation";
import { fileName } from "./file-name";

/** Hands the picture itself to another app, where the device has a sheet for that: nothing becomes public by it. */
export function SharePicture({ item }: { item: Generation }) {
  const { say } = useWords();
  const toast = useToast();
  const [able, setAble] = useState(false);
  useEffect(() => setAble(navigator.canShare?.({ files: [new File([], "picture.png", { type: "image/png" })] }) ?? false), []);
  if (!able) return null;

  async function share() {
    try {
      const bytes = await (await request("GET", item.imageUrl, { accept: "image/*" })).blob();
      await navigator.share({ files: [new File([bytes], fileName(item), { type: item.type })] });
    } catch (error) {
      // Whoever closes the sheet has decided so.
      if (!(error instanceof DOMException && error.name === "AbortError")) toast(say("done.notShared"));
    }
  }

  return (
    <button type="button" className={buttonClass("quiet")} onClick={() => void share()}>
      <Share2 size={16} aria-hidden />
      {say("picture.share")}
    </button>
  );
}
