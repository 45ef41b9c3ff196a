/** A person's initials on a disc whose hue follows from the username. `size` is in pixels. */
export function Initials({ name, username, size }: { name: string; username: string; size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 40 40" aria-hidden="true" className="shrink-0">
      <circle cx="20" cy="20" r="20" fill={`oklch(var(--disc) ${hash(username) % 360})`} />
      <text x="20" y="20" textAnchor="middle" dominantBaseline="central" fontSize="16" fontWeight="600" className="fill-on-shade">
        {initials(name || username)}
      </text>
    </svg>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s._-]+/u).filter(Boolean);
  const first = [...(words[0] ?? "?")][0] ?? "?";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toLocaleUpperCase("en");
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}
