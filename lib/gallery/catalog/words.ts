/**
 * What is searched for and what it is searched in, as the same plain words: without case, accents and punctuation. Scripts that are
 * written without spaces become single characters, so that any part of them is found; symbols such as emoji are words of their own.
 */
const word = /\p{So}|[\p{L}\p{N}]+/gu;
const unspaced = /([\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー])/u;

/** The words of a text, each as the parts that stand next to each other in it: one part, unless its script has no spaces. */
export function wordsOf(text: string): string[][] {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return (plain.match(word) ?? []).map((found) => found.split(unspaced).filter(Boolean));
}

/** How often words can be searched for at once; what is written beyond is ignored. */
const mostWords = 16;

/** A text as it lies in the index: every part with the mark of its owner before it, so that nobody's words share an entry. */
export function indexedText(mark: string, text: string): string {
  return wordsOf(text)
    .flat()
    .map((part) => mark + part)
    .join(" ");
}

/**
 * A search as FTS5 wants it: all words, each from its beginning. Nothing that was typed is an operator, since only letters, digits and
 * symbols are left of it, in quotes. Null when it holds no word.
 */
export function matchOf(mark: string, query: string): string | null {
  const words = wordsOf(query).slice(0, mostWords);
  if (words.length === 0) return null;
  return words.map((parts) => `"${parts.map((part) => mark + part).join(" ")}" *`).join(" AND ");
}
