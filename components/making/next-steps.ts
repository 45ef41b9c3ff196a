import type { ImageModel } from "@/lib/gallery/making";
import type { ClientKey } from "@/lib/language/words";
import type { MakingRequest } from "./making";

/** Ways on are called by messages. */
type Name = ClientKey & `making.${string}`;

export type NextSteps = {
  /** Whether asking for the same again makes sense. */
  repeat: boolean;
  otherModel: { id: string; name: string } | null;
  /** Elsewhere, in a tab of their own. */
  links: { name: Name; href: string }[];
  /** Asking at Hugging Face again, also who is signed in. */
  signIn: { name: Name; allow?: string } | null;
};

/** Failures that another model may not have. */
const ofTheModel = /^model_(?:gone|gated|busy|down|failed|late|nonsense|oversized)$/;
const pointless = /^(?:model_gone|space_gone|space_unsuited|settings_refused|billing_refused|inference_refused|access_ended)$/;

/** What a person can do after a failure. @param models those that can be chosen, the failed one among them or not */
export function nextSteps(code: string, { model }: MakingRequest, models: readonly ImageModel[]): NextSteps {
  const index = models.findIndex(({ id }) => id === model);
  const next = ofTheModel.test(code) && models.length > 1 ? models[(index + 1) % models.length] : undefined;
  return {
    repeat: !pointless.test(code),
    otherModel: next && next.id !== model ? { id: next.id, name: nameOfModel(next.id) } : null,
    links: linksFor(code, model),
    signIn: signInFor(code),
  };
}

/** The part of a model's name that people use. */
export function nameOfModel(id: string): string {
  return id.split("/").at(-1) ?? id;
}

function linksFor(code: string, model: string | undefined): NextSteps["links"] {
  if (code === "credits_used_up") {
    return [
      { name: "making.addCredits", href: "https://huggingface.co/settings/billing" },
      { name: "making.subscribe", href: "https://huggingface.co/subscribe/pro" },
    ];
  }
  if (code === "model_gated" && model) return [{ name: "making.openModel", href: `https://huggingface.co/${model}` }];
  if (code === "space_quota") return [{ name: "making.moreTime", href: "https://huggingface.co/subscribe/pro" }];
  return [];
}

function signInFor(code: string): NextSteps["signIn"] {
  if (code === "inference_refused") return { name: "making.allowThere", allow: allowModels.allow };
  return code === "access_ended" ? { name: "making.signInAgain" } : null;
}

/** What a person is asked for who is to allow this app to run models, and where that leads back to. */
export const allowModels = { allow: "inference-api", next: "/gallery" };
