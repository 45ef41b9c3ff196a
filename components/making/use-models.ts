import { useEffect, useState } from "react";
import { requestJson } from "@/components/api-client";
import type { ImageModel } from "@/lib/gallery/generation";

type Models = Record<string, ImageModel[]>;

let asked: Promise<Models> | null = null;

/** The models of each generator, asked for once per page when they are wanted; null until they are known. */
export function useModels(wanted: boolean): Models | null {
  const [models, setModels] = useState<Models | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let isGone = false;
    asked ??= requestJson<{ models: Models }>("GET", "/api/models").then((answer) => answer.models);
    asked.then(
      (all) => !isGone && setModels(all),
      () => {
        asked = null;
      },
    );
    return () => {
      isGone = true;
    };
  }, [wanted]);
  return models;
}
