/** The Spaces of the stand-in: one that works, and one for each way in which a Space can be no use. */
export type Space = {
  name: string;
  /** What it is, beside running and fit. */
  sleeps?: boolean;
  isPaused?: boolean;
  isPrivate?: boolean;
  /** Answers with a page where Gradio answers with JSON. */
  isBroken?: boolean;
  /** What it says its own address is. */
  root?: string;
  protocol?: string;
  takesPrompt?: boolean;
  /** The largest width and height that it takes. */
  largest?: number;
};

export const spaces: readonly Space[] = [
  { name: "keepsake-examples/painter" },
  { name: "keepsake-examples/miniatures", largest: 1024 },
  { name: "keepsake-examples/sleeper", sleeps: true },
  { name: "keepsake-examples/paused", isPaused: true },
  { name: "keepsake-examples/private", isPrivate: true },
  { name: "keepsake-examples/broken", isBroken: true },
  { name: "keepsake-examples/stray", root: "https://attacker.example" },
  { name: "keepsake-examples/replicated", root: "https://keepsake-examples-replicated--r-7gq2f.hf.space" },
  { name: "keepsake-examples/old", protocol: "ws" },
  { name: "keepsake-examples/upscaler", takesPrompt: false },
];

export const hostOf = ({ name }: Space) => `${name.replace("/", "-")}.hf.space`;

/** The Space, also by the host of one of its replicas. */
export function spaceAt(host: string): Space | undefined {
  return spaces.find((space) => hostOf(space) === host.replace(/--[\w-]+(?=\.hf\.space$)/, ""));
}
