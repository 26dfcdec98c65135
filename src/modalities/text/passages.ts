/** Characters of a passage at most; sentences are joined up to here. */
export const PASSAGE_CHARACTERS = 300

/** Characters in which sentences are looked for at a time. */
const CHUNK_CHARACTERS = 10_000

/** Characters on either side of a cut that tell where a letter begins. */
const LETTER_CHARACTERS = 64

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' })
const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * Cuts texts at the ends of sentences into passages of up to 300 characters; longer sentences are cut at a line, a
 * word or a letter. Runs of white space become one space, or one line break if there is one among them. No passage
 * has parts of two texts.
 */
export function* passagesOf(texts: Iterable<string>): Generator<string> {
  for (const text of texts) {
    const paragraphs = paragraphsOf(text)
    const whole = paragraphs.join('\n')
    if (whole.length <= PASSAGE_CHARACTERS) {
      if (whole !== '') yield whole
      continue
    }
    let passage = ''
    for (const piece of piecesOf(paragraphs)) {
      if ((passage + piece).trimEnd().length <= PASSAGE_CHARACTERS) passage += piece
      else {
        yield passage.trimEnd()
        passage = piece
      }
    }
    if (passage.trimEnd() !== '') yield passage.trimEnd()
  }
}

/** Sentences, and parts of those that are longer than a passage, each with the space or line break that follows it. */
function* piecesOf(paragraphs: readonly string[]): Generator<string> {
  for (const paragraph of paragraphs)
    for (const chunk of cut(paragraph + '\n', CHUNK_CHARACTERS)) {
      // A line break within a paragraph ends no sentence. It is one character, as a space is.
      for (const { segment, index } of sentences.segment(chunk.replaceAll('\n', ' ')))
        yield* cut(chunk.slice(index, index + segment.length), PASSAGE_CHARACTERS)
    }
}

function paragraphsOf(text: string): string[] {
  return text
    .replace(/\r\n?|[\v\f\x85\u2028\u2029]/g, '\n')
    .replace(/\p{Cc}/gu, (character) => (character === '\n' || character === '\t' ? character : ''))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
}

/** Parts of at most so many characters, not counting the white space that ends them. */
export function* cut(text: string, most: number): Generator<string> {
  const { length } = text.trimEnd()
  let start = 0
  while (length - start > most) {
    const end = start + lengthOfPart(text.slice(start, start + most + LETTER_CHARACTERS), most)
    yield text.slice(start, end)
    start = end
  }
  yield text.slice(start)
}

/** Ends at the last line break if that leaves a large part, else at the last space, else between letters. */
function lengthOfPart(text: string, most: number): number {
  const line = text.lastIndexOf('\n', most)
  if (line > most / 2) return line + 1
  const space = text.lastIndexOf(' ', most)
  if (space > 0) return space + 1
  const letter = letters.segment(text).containing(most)?.index ?? 0
  // A letter may have more marks than fit; then the cut goes through it, but through no character.
  if (letter > 0) return letter
  return /[\ud800-\udbff]/.test(text[most - 1]) ? most - 1 : most
}
