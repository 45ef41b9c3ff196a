// Made when it is first needed: that takes longer than the start of a page can wait.
let graphemes: Intl.Segmenter | null = null;

/** The beginning of a text, at most so many characters as people count them: an emoji or an accented letter is never cut in half. */
export function excerpt(text: string, longest = 80): string {
  if (text.length <= longest) return text;
  // No grapheme that matters is longer than this: a prompt of any length costs the same.
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  const start = graphemes.segment(text.slice(0, longest * 16))[Symbol.iterator]();
  let kept = "";
  for (let count = 0; count < longest; count += 1) kept += start.next().value?.segment ?? "";
  return kept.length < text.length ? `${kept.trimEnd()}…` : kept;
}
