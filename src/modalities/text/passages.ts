import type { Pause } from './pauses.ts'

/** Characters of a passage at most; sentences are joined up to here. */
export const PASSAGE_CHARACTERS = 300

/** Characters in which sentences are looked for at a time. */
const CHUNK_CHARACTERS = 10_000

/** Characters that are tidied at a time, at least. */
const PART_CHARACTERS = 2 ** 15

/** What of a word there is where a part ends, and the white space after it. */
const REST_OF_PART = /[^\s\p{Cc}]{0,1000}[\s\p{Cc}]*/uy

/** Characters on either side of a cut that tell where a letter begins. */
const LETTER_CHARACTERS = 64

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' })
const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * Cuts texts at the ends of sentences into passages of up to 300 characters; longer sentences are cut at a line, a
 * word or a letter. Runs of white space become one space, or one line break if there is one among them. No passage
 * has parts of two texts.
 */
export async function* passagesOf(texts: Iterable<string>, pause: Pause): AsyncGenerator<string> {
  for (const text of texts) {
    let passage = ''
    for await (const piece of piecesOf(text, pause)) {
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
async function* piecesOf(text: string, pause: Pause): AsyncGenerator<string> {
  for await (const paragraph of paragraphsOf(text, pause)) {
    if (text.length <= PASSAGE_CHARACTERS) yield paragraph + '\n'
    else
      for (const chunk of cut(paragraph + '\n', CHUNK_CHARACTERS)) {
        await pause()
        yield* sentencesOf(chunk)
      }
  }
}

function* sentencesOf(chunk: string): Generator<string> {
  // A line break within a paragraph ends no sentence. It is one character, as a space is.
  for (const { segment, index } of sentences.segment(chunk.replaceAll('\n', ' ')))
    yield* cut(chunk.slice(index, index + segment.length), PASSAGE_CHARACTERS)
}

async function* paragraphsOf(text: string, pause: Pause): AsyncGenerator<string> {
  let paragraph = ''
  for (const part of partsOf(text)) {
    await pause()
    const [first, ...others] = tidied(part).split(/\n{2,}/)
    paragraph += first
    for (const next of others) {
      if (paragraph.trim() !== '') yield paragraph.trim()
      paragraph = next
    }
  }
  if (paragraph.trim() !== '') yield paragraph.trim()
}

/** Parts that are tidied one after another, none of which begins with white space. */
function* partsOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    REST_OF_PART.lastIndex = start + PART_CHARACTERS
    const end = REST_OF_PART.test(text) ? REST_OF_PART.lastIndex : text.length
    yield text.slice(start, end)
    start = end
  }
}

/** One line break for each, no control characters, and one space or line break for each run of white space. */
function tidied(text: string): string {
  return text
    .replace(/\r\n?|[\v\f\x85\u2028\u2029]/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\p{Cc}/gu, (character) => (character === '\n' || character === '\t' ? character : ''))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
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
