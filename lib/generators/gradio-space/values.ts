/** From a request to the values of a call: by the names that Spaces give to their inputs. */
import type { ImageModel } from "@/lib/gallery/making";
import type { ImageRequest } from "@/lib/generators/generator";
import { type Endpoint, type Input, type Range, unsuited } from "./endpoint";

const names = {
  prompt: /^(?:prompt|text|text_prompt|prompt_text|positive_prompt|input_prompt|input_text|inputs?)$/,
  negativePrompt: /^(?:negative_prompt|neg_prompt|negative)$/,
  /** A switch that some have beside it. */
  withNegativePrompt: /^use_negative_prompt$/,
  seed: /^seed$/,
  /** A switch that would replace the seed by another. */
  randomSeed: /^(?:randomize_seed|random_seed|randomise_seed)$/,
  width: /^width$/,
  height: /^height$/,
  steps: /^(?:num_inference_steps|inference_steps|num_steps|steps)$/,
  guidance: /^(?:guidance_scale|guidance|cfg_scale|cfg)$/,
} as const;

type Role = keyof typeof names;

/** What the form asks for at most, whatever a Space would take. */
const most = { steps: 100, guidance: 30 } as const;
const usual = { steps: 20, guidance: 5 } as const;
const seeds = 2 ** 31;

function inputFor({ inputs }: Endpoint, role: Role): Input | undefined {
  return inputs.find(({ name }) => names[role].test(name));
}

/** @throws Failure `space_unsuited` when the endpoint takes no words, or asks for something else that nobody here can give */
export function mustTakeWords(endpoint: Endpoint): void {
  if (!inputFor(endpoint, "prompt"))
    throw unsuited(`its endpoint takes no prompt, but ${endpoint.inputs.map(({ name }) => name).join(", ")}`);
  const unknown = endpoint.inputs.find(
    ({ name, hasDefault }) => !hasDefault && !Object.values(names).some((pattern) => pattern.test(name)),
  );
  if (unknown) throw unsuited(`its endpoint asks for ${unknown.name}, too`);
}

/** What the form shows for an endpoint. */
export function settingsOf(endpoint: Endpoint): Pick<ImageModel, "steps" | "guidance" | "negativePrompt" | "seed"> {
  return {
    steps: offered(endpoint, "steps"),
    guidance: offered(endpoint, "guidance"),
    negativePrompt: inputFor(endpoint, "negativePrompt") !== undefined,
    seed: inputFor(endpoint, "seed") !== undefined,
  };
}

function offered(endpoint: Endpoint, role: "steps" | "guidance"): { usual: number; most: number } | null {
  const input = inputFor(endpoint, role);
  if (!input) return null;
  const largest = Math.min(input.range.most ?? most[role], most[role]);
  return { usual: Math.min(typeof input.usual === "number" ? input.usual : usual[role], largest), most: largest };
}

type Call = {
  /** In the order of the endpoint's inputs. */
  values: unknown[];
  /** What was sent beside words, size and seed, for the manifest. */
  sent: Record<string, string | number>;
  seed: number;
};

/** The values of a call, within the bounds that the Space has set; its own defaults for all that nobody asked about. */
export function valuesFor(endpoint: Endpoint, request: ImageRequest): Call {
  const seed = within(inputFor(endpoint, "seed")?.range ?? {}, request.seed % seedsOf(endpoint));
  const { steps, guidance } = settingsOf(endpoint);
  const asked = {
    ...(steps && { steps: within(inputFor(endpoint, "steps")?.range ?? {}, request.steps ?? steps.usual) }),
    ...(guidance && { guidance: within(inputFor(endpoint, "guidance")?.range ?? {}, request.guidance ?? guidance.usual) }),
  };
  const negativePrompt = request.negativePrompt ?? "";
  const given: Record<Role, unknown> = {
    ...{ prompt: request.prompt, negativePrompt, withNegativePrompt: negativePrompt !== "", seed, randomSeed: false },
    ...{ ...sizeWithin(endpoint, request), steps: asked.steps, guidance: asked.guidance },
  };
  const roles = Object.keys(names) as Role[];
  const values = endpoint.inputs.map((input) => {
    const role = roles.find((candidate) => names[candidate].test(input.name));
    return role ? given[role] : input.usual;
  });
  const hasNegative = negativePrompt !== "" && inputFor(endpoint, "negativePrompt") !== undefined;
  return { values, sent: { ...asked, ...(hasNegative && { negativePrompt }) }, seed };
}

function seedsOf(endpoint: Endpoint): number {
  return Math.min(inputFor(endpoint, "seed")?.range.most ?? seeds - 1, seeds - 1) + 1;
}

/** Too large a size is made smaller in its own shape. */
function sizeWithin(endpoint: Endpoint, { width, height }: ImageRequest): { width: number; height: number } {
  const [across, down] = [inputFor(endpoint, "width")?.range ?? {}, inputFor(endpoint, "height")?.range ?? {}];
  const scale = Math.min(1, (across.most ?? width) / width, (down.most ?? height) / height);
  return { width: within(across, Math.floor(width * scale)), height: within(down, Math.floor(height * scale)) };
}

function within({ least = Number.NEGATIVE_INFINITY, most: largest = Number.POSITIVE_INFINITY, step }: Range, value: number): number {
  const from = Number.isFinite(least) ? least : 0;
  const stepped = step ? Number((from + Math.round((value - from) / step) * step).toFixed(6)) : value;
  return Math.min(Math.max(stepped, least), largest);
}
