import { useEffect, useState } from "react";
import { requestJson } from "@/components/api-client";
import type { ImageModel } from "@/lib/gallery/making";

type Models = Record<string, ImageModel[]>;

let asked: Promise<Models> | null = null;

function askOnce(): Promise<Models> {
  asked ??= requestJson<{ models: Models }>("GET", "/api/models").then((answer) => answer.models);
  asked.catch(() => {
    asked = null;
  });
  return asked;
}

/** The generator that offers a model now; null when none does, or nobody knows. */
export async function generatorOffering(model: string): Promise<string | null> {
  const all = await askOnce().catch((): Models => ({}));
  return Object.entries(all).find(([, models]) => models.some(({ id }) => id === model))?.[0] ?? null;
}

/** The models of each generator, asked for once per page when they are wanted; null until they are known. */
export function useModels(wanted: boolean): Models | null {
  const [models, setModels] = useState<Models | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let isGone = false;
    askOnce().then(
      (all) => !isGone && setModels(all),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [wanted]);
  return models;
}
