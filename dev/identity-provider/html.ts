/** Markup as a tagged template: every inserted value is escaped, except markup made by this tag. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? "");

type Insertable = Markup | string | number | false | null | undefined | readonly Insertable[];

function inserted(value: Insertable): string {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(inserted).join("");
  return value === false || value === null || value === undefined ? "" : escaped(String(value));
}

export function html(parts: TemplateStringsArray, ...values: Insertable[]): Markup {
  return new Markup(parts.reduce((whole, part, index) => whole + inserted(values[index - 1]) + part));
}
