import { learnMerges, PLAIN_BYTES, type Merge } from './merges.ts'
import { countWords, wordsOf } from './words.ts'

/** Characters that a vocabulary is learnt from at most: more take longer and change little. */
const MOST_CHARACTERS = 300_000

/** Words whose tokens are remembered at most. */
const MOST_REMEMBERED = 50_000

/** Text as tokens and back. Ids below 256 are single bytes of UTF-8, the ids from there on joined neighbours. */
export interface Tokenizer {
  /** Ids of the tokens of a text. Lone surrogates, which no UTF-8 has, become U+FFFD. */
  readonly encode: (text: string) => Uint16Array
  /** The text of tokens; bytes that are no text become U+FFFD. */
  readonly decode: (ids: Iterable<number>) => string
  /** Bytes of UTF-8 that a token stands for; undefined for ids that the corpus was too small to fill. */
  readonly bytesOf: (id: number) => Uint8Array | undefined
}

/**
 * Byte pair encoding over the bytes of UTF-8 (Sennrich et al. 2016; bytes as in GPT-2): the most frequent pair of
 * neighbours within words becomes a token, again and again. Depends on the corpus alone.
 * @param vocabulary tokens at most; a small corpus makes fewer
 */
export function trainTokenizer(corpus: readonly string[], vocabulary: number): Tokenizer {
  const merges =
    vocabulary > PLAIN_BYTES ? learnMerges(countWords(excerptOf(corpus)), vocabulary - PLAIN_BYTES) : []
  return tokenizerOf(merges)
}

function tokenizerOf(merges: readonly Merge[]): Tokenizer {
  const vocabulary = bytesOfAll(merges)
  const ids = new Map(merges.map(({ left, right }, i) => [pairKey(left, right), PLAIN_BYTES + i]))
  const encoder = new TextEncoder()
  // A byte order mark at the beginning is a character like any other.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const remembered = new Map<string, readonly number[]>()

  const encodeWord = (word: string) => {
    const known = remembered.get(word)
    if (known) return known
    const tokens = joinPairs(Array.from(encoder.encode(word)), ids)
    if (remembered.size < MOST_REMEMBERED) remembered.set(word, tokens)
    return tokens
  }

  return {
    encode: (text) => Uint16Array.from(wordsOf(text).flatMap(encodeWord)),
    decode: (tokens) => decoder.decode(joined(Array.from(tokens, (id) => vocabulary[id]))),
    bytesOf: (id) => vocabulary.at(id),
  }
}

/** Joins the pair that was learnt first, wherever it stands, until no pair of neighbours is known. */
function joinPairs(tokens: number[], ids: ReadonlyMap<number, number>): number[] {
  for (;;) {
    let first = Infinity
    for (let i = 1; i < tokens.length; i++)
      first = Math.min(first, ids.get(pairKey(tokens[i - 1], tokens[i])) ?? Infinity)
    if (first === Infinity) return tokens
    let end = 0
    for (let i = 0; i < tokens.length; i++) {
      const joins = i + 1 < tokens.length && ids.get(pairKey(tokens[i], tokens[i + 1])) === first
      tokens[end++] = joins ? first : tokens[i]
      if (joins) i += 1
    }
    tokens.length = end
  }
}

function pairKey(left: number, right: number): number {
  return left * 2 ** 16 + right
}

function bytesOfAll(merges: readonly Merge[]): Uint8Array[] {
  const vocabulary = Array.from({ length: PLAIN_BYTES }, (_, byte) => Uint8Array.of(byte))
  for (const { left, right } of merges) vocabulary.push(joined([vocabulary[left], vocabulary[right]]))
  return vocabulary
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  for (const part of parts) {
    all.set(part, end)
    end += part.length
  }
  return all
}

/** Texts drawn evenly from a corpus that is too large to learn from all of it. */
function excerptOf(corpus: readonly string[]): string[] {
  const characters = corpus.reduce((sum, { length }) => sum + length, 0)
  const share = Math.min(1, MOST_CHARACTERS / characters)
  return corpus.filter((_, i) => Math.floor((i + 1) * share) > Math.floor(i * share))
}
