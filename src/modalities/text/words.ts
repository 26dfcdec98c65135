/** Letters of a word at most, so that text without spaces is cut into words of a length that pairs are counted in. */
const MOST_LETTERS = 32

/** Letters, digits, white space or other characters; a space before a word belongs to it. Leaves nothing out. */
const WORD = new RegExp(
  [
    String.raw` ?[\p{L}\p{M}]{1,${MOST_LETTERS}}`,
    String.raw` ?\p{N}{1,${MOST_LETTERS}}`,
    String.raw`\s{1,${MOST_LETTERS}}`,
    String.raw` ?[^\s\p{L}\p{M}\p{N}]{1,${MOST_LETTERS}}`,
  ].join('|'),
  'gu',
)

/** The words of a text, between which byte pair encoding joins nothing. Put together they are the text again. */
export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? []
}

/** How often each word occurs, in the order of their first occurrence. */
export function countWords(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
