import type { MakingRequest } from "@/components/making/making";
import { useModels } from "@/components/making/use-models";
import type { Engine, ImageModel } from "@/lib/gallery/making";
import type { Draft } from "./draft";

export type Engines = readonly [Engine, ...Engine[]];

type Chosen = {
  engine: Engine;
  /** What the person must allow first. */
  isAllowed: boolean;
  models: readonly ImageModel[];
  /** The chosen model, once the models are known. */
  model: ImageModel | null;
  /** The model that was chosen before and is not offered any more. */
  gone: string | null;
};

/** What the draft means: the engine, and for one that has models which of them. Who allowed it is offered a model first. */
export function useEngine(draft: Draft, engines: Engines, scopes: readonly string[]): Chosen {
  const able = engines.filter(({ unavailable }) => unavailable === null);
  const allowed = able.find(({ scope }) => scope !== null && scopes.includes(scope));
  const engine = able.find(({ id }) => id === draft.engine) ?? allowed ?? able[0] ?? engines[0];
  const models = useModels(engine.hasModels)?.[engine.id] ?? [];
  const model = models.find(({ id }) => id === draft.model) ?? models[0] ?? null;
  const gone = model && models.length > 1 && draft.model && draft.model !== model.id && draft.engine === engine.id ? draft.model : null;
  return { engine, isAllowed: engine.scope === null || scopes.includes(engine.scope), models, model, gone };
}

/** What the draft asks of the engine and the model beside words, size and seed: only what they take. */
export function engineRequest(draft: Draft, { engine, model }: Chosen): Partial<MakingRequest> {
  if (!engine.hasModels) return { generator: engine.id };
  return {
    generator: engine.id,
    model: model?.id ?? ((engine.scope !== null && draft.model) || undefined),
    steps: model?.steps ? Math.min(draft.steps ?? model.steps.usual, model.steps.most) : undefined,
    guidance: model?.guidance ? Math.min(draft.guidance ?? model.guidance.usual, model.guidance.most) : undefined,
    negativePrompt: (model?.negativePrompt && draft.negativePrompt.trim()) || undefined,
    billTo: (engine.scope !== null && draft.billTo) || undefined,
  };
}
