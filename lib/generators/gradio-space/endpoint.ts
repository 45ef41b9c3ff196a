/** What a Space says about its endpoint, by its own description. */
import { z } from "zod";
import { Failure } from "@/lib/http/errors";
import { askJson, type Visit } from "./ask";
import { isHostOf, type SpaceSettings } from "./space";

/** One value of a call, in its place. */
export type Input = { name: string; hasDefault: boolean; usual: unknown; range: Range };

export type Range = { least?: number | undefined; most?: number | undefined; step?: number | undefined };

export type Endpoint = {
  /** Its requests go to addresses beneath this one, at the Space itself or at the replica of it that answered. */
  root: string;
  functionIndex: number;
  inputs: Input[];
};

const bound = z.number().optional().catch(undefined);
const configSchema = z.object({
  protocol: z.string(),
  api_prefix: z
    .string()
    .regex(/^(?:\/[\w-]+)*$/)
    .default(""),
  root: z.string().optional(),
  components: z.array(
    z.object({
      id: z.int(),
      type: z.string(),
      props: z.object({ minimum: bound, maximum: bound, step: bound }).optional().catch(undefined),
    }),
  ),
  dependencies: z.array(
    z.object({ id: z.int().optional(), api_name: z.union([z.string(), z.boolean()]).nullish(), inputs: z.array(z.int()).catch([]) }),
  ),
});

const infoSchema = z.object({ named_endpoints: z.record(z.string(), z.unknown()) });

const endpointSchema = z.object({
  parameters: z.array(
    z.object({
      label: z.string().catch(""),
      parameter_name: z.string().nullish(),
      parameter_has_default: z.boolean().optional(),
      parameter_default: z.unknown().optional(),
    }),
  ),
  returns: z.array(z.object({ component: z.string() })),
});

/**
 * The endpoint of the settings as the Space describes it now.
 * @throws Failure `space_unsuited` when it has none of that name, none that gives a picture, or is too old; and those of `askJson`
 */
export async function describeEndpoint(origin: string, { endpoint }: SpaceSettings, visit: Visit): Promise<Endpoint> {
  const config = understood(configSchema, await askJson(`${origin}/config`, visit));
  if (!config.protocol.startsWith("sse_v")) throw unsuited(`it speaks ${config.protocol}, the language of an older Gradio`);
  const root = rootOf(config.root, origin) + config.api_prefix;
  const info = understood(infoSchema, await askJson(`${root}/info`, visit));
  const position = config.dependencies.findIndex(({ api_name }) => api_name === endpoint.slice(1));
  const dependency = config.dependencies[position];
  if (!info.named_endpoints[endpoint] || !dependency)
    throw unsuited(`it has no endpoint ${endpoint}, but ${Object.keys(info.named_endpoints).join(", ")}`);
  const described = understood(endpointSchema, info.named_endpoints[endpoint]);
  if (!described.returns.some(({ component }) => /image|gallery|file/i.test(component))) throw unsuited(`${endpoint} gives no picture`);
  const components = dependency.inputs.map((id) => config.components.find((component) => component.id === id));
  // The state of a session has a place among the values, but not in the description.
  const parameters = [...described.parameters];
  const inputs = components.map((component): Input => {
    const parameter = component?.type === "state" ? undefined : parameters.shift();
    if (!parameter) return { name: "", hasDefault: true, usual: null, range: {} };
    const { minimum: least, maximum: most, step } = component?.props ?? {};
    return {
      name: parameter.parameter_name ?? parameter.label.toLowerCase().replaceAll(" ", "_"),
      ...{ hasDefault: parameter.parameter_has_default ?? false, usual: parameter.parameter_default ?? null },
      range: { least, most, step },
    };
  });
  return { root, functionIndex: dependency.id ?? position, inputs };
}

// A Space with several replicas names the one that answered. Anything else it may name is not where a token goes.
function rootOf(named: string | undefined, origin: string): string {
  const url = named && URL.canParse(named) ? new URL(named) : null;
  return url && !url.port && isHostOf(origin, url.hostname) ? `https://${url.hostname}` : origin;
}

function understood<Output>(schema: z.ZodType<Output>, answer: unknown): Output {
  const { data, success } = schema.safeParse(answer);
  if (!success) throw unsuited("it does not describe itself as Gradio does");
  return data;
}

/** The cause is for the owner. */
export function unsuited(reason: string): Failure {
  return new Failure("space_unsuited", { cause: new Error(reason) });
}
