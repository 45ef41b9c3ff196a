/** How a Space describes itself: `/config` and `/info` as Gradio 6 writes them, as far as anyone reads them. */
import { hostOf, type Space } from "./spaces.ts";

type Input = { name: string; component: string; value?: unknown; minimum?: number; maximum?: number; step?: number };

const seeds = 2_147_483_647;

/** The inputs of `/infer`, in order. The state has no place in the description. */
export function inputsOf({ takesPrompt = true, largest = 2048 }: Space): Input[] {
  if (!takesPrompt)
    return [
      { name: "input_image", component: "Image" },
      { name: "factor", component: "Slider", value: 2, minimum: 1, maximum: 4 },
    ];
  return [
    { name: "prompt", component: "Textbox" },
    { name: "negative_prompt", component: "Textbox" },
    { name: "", component: "State" },
    { name: "seed", component: "Slider", value: 0, minimum: 0, maximum: seeds, step: 1 },
    { name: "randomize_seed", component: "Checkbox", value: true },
    { name: "width", component: "Slider", value: 1024, minimum: 256, maximum: largest, step: 32 },
    { name: "height", component: "Slider", value: 1024, minimum: 256, maximum: largest, step: 32 },
    { name: "guidance_scale", component: "Slider", value: 4.5, minimum: 0, maximum: 7.5, step: 0.1 },
    { name: "num_inference_steps", component: "Slider", value: 28, minimum: 1, maximum: 50, step: 1 },
    { name: "style", component: "Dropdown", value: "(None)" },
  ];
}

export function configOf(space: Space): object {
  const { root = `https://${hostOf(space)}`, protocol = "sse_v3" } = space;
  const inputs = inputsOf(space);
  const components = [
    { id: 1, type: "markdown", props: { value: "# A Space" } },
    ...inputs.map(({ component, name: label, value, minimum, maximum, step }, index) => ({
      id: 10 + index,
      type: component.toLowerCase(),
      props: { label, value, ...(minimum !== undefined && { minimum, maximum, step }) },
    })),
    { id: 90, type: "image", props: { label: "Result" } },
  ];
  const dependencies = [
    { id: 0, api_name: "load_examples", inputs: [], outputs: [], api_visibility: "undocumented" },
    { id: 4, api_name: "infer", inputs: inputs.map((_, index) => 10 + index), outputs: [90, 13], api_visibility: "public" },
  ];
  return { version: "6.25.0", api_prefix: "/gradio_api", protocol, root, components, dependencies, space_id: space.name, is_space: true };
}

export function infoOf(space: Space): object {
  const parameters = inputsOf(space)
    .filter(({ component }) => component !== "State")
    .map(({ name, component, value }) => ({
      ...{ label: name, parameter_name: name, component, type: {}, example_input: null },
      ...{ parameter_has_default: value !== undefined, parameter_default: value ?? null },
    }));
  const returns = [
    { label: "Result", component: "Image", type: {} },
    { label: "Seed", component: "Slider", type: {} },
  ];
  return { named_endpoints: { "/infer": { parameters, returns, api_visibility: "public" } }, unnamed_endpoints: {} };
}

/** How long a Space takes to wake up, in steps. */
const wakingSteps = 6;

export function stageOf({ sleeps, isPaused }: Space, wokenAt: number | undefined, paceMs: number): string {
  if (isPaused) return "PAUSED";
  if (!sleeps) return "RUNNING";
  if (wokenAt === undefined) return "SLEEPING";
  return Date.now() - wokenAt > paceMs * wakingSteps ? "RUNNING" : "APP_STARTING";
}
