import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { trainTokenizer } from '../../../../src/modalities/text/bpe.ts'
import { learnMerges } from '../../../../src/modalities/text/merges.ts'
import { wordsOf } from '../../../../src/modalities/text/words.ts'

const ENGLISH = ['the cat sat on the mat', 'the other cat sat there', 'that is the hat of the cat']

const encoder = new TextEncoder()

/** The plain form: counts all pairs anew for each merge. */
function learnSlowly(words: ReadonlyMap<string, number>, count: number): number[][] {
  let all = [...words].map(([word, weight]) => ({ tokens: [...encoder.encode(word)], weight }))
  const merges: number[][] = []
  while (merges.length < count) {
    const counts = new Map<string, number>()
    for (const { tokens, weight } of all)
      for (let i = 1; i < tokens.length; i++) {
        const pair = `${tokens[i - 1]} ${tokens[i]}`
        counts.set(pair, (counts.get(pair) ?? 0) + weight)
      }
    const ranked = [...counts]
      .filter(([, times]) => times > 1)
      .map(([pair, times]) => [times, ...pair.split(' ').map(Number)])
      .sort(([timesA, leftA, rightA], [timesB, leftB, rightB]) => {
        return timesB - timesA || leftA - leftB || rightA - rightB
      })
    if (ranked.length === 0) break
    const [, left, right] = ranked[0]
    const id = 256 + merges.length
    merges.push([left, right])
    all = all.map(({ tokens, weight }) => {
      const joined: number[] = []
      for (let i = 0; i < tokens.length; i++)
        if (tokens[i] === left && tokens[i + 1] === right) {
          joined.push(id)
          i += 1
        } else joined.push(tokens[i])
      return { tokens: joined, weight }
    })
  }
  return merges
}

describe('merges', () => {
  test('are those of counting all pairs anew each time', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.integer({ min: 1, max: 5 })), { maxLength: 12 }), (entries) => {
        const words = new Map(entries)
        const ours = learnMerges(words, 30).map(({ left, right }) => [left, right])
        expect(ours).toEqual(learnSlowly(words, 30))
      }),
    )
  })

  test('join runs of one letter from left to right', () => {
    const words = new Map([['aaaaa', 2]])
    expect(learnMerges(words, 9)).toEqual([
      { left: 97, right: 97 },
      { left: 256, right: 97 },
      { left: 256, right: 257 },
    ])
  })
})

describe('words', () => {
  test('have the space before them; digits and punctuation are apart', () => {
    expect(wordsOf('In 1790, États-Unis!\n\nनमस्ते दुनिया')).toEqual([
      'In',
      ' 1790',
      ',',
      ' États',
      '-',
      'Unis',
      '!',
      '\n\n',
      'नमस्ते',
      ' दुनिया',
    ])
  })

  test('are bounded in scripts without spaces', () => {
    expect(Math.max(...wordsOf('語'.repeat(100)).map((word) => word.length))).toBe(32)
  })
})

describe('a tokenizer', () => {
  const texts = [
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom('t', 'h', 'e', ' ', 'é', '\n', '1'), maxLength: 40 }),
  ]

  test('gives any text back to the byte, whatever it was trained on', () => {
    const tokenizers = [256, 300, 4096].map((vocabulary) => trainTokenizer(ENGLISH, vocabulary))
    fc.assert(
      fc.property(fc.oneof(...texts), (text) => {
        for (const { encode, decode, bytesOf } of tokenizers) {
          const ids = encode(text)
          const bytes = [...ids].flatMap((id) => [...(bytesOf(id) ?? [])])
          expect(bytes).toEqual([...encoder.encode(text)])
          expect(decode(ids)).toBe(text)
        }
      }),
    )
  })

  test('puts U+FFFD in the place of a lone surrogate, and keeps a byte order mark', () => {
    const { encode, decode } = trainTokenizer(ENGLISH, 256)
    expect(decode(encode('\ufeffa\ud83d b'))).toBe('\ufeffa\ufffd b')
  })

  test('of 256 tokens has plain bytes', () => {
    const { encode } = trainTokenizer(ENGLISH, 256)
    expect([...encode('the é')]).toEqual([116, 104, 101, 32, 0xc3, 0xa9])
  })

  test('joins what is frequent in its corpus, words with the space before them', () => {
    const { encode, bytesOf } = trainTokenizer(ENGLISH, 280)
    const piecesOf = (text: string) =>
      [...encode(text)].map((id) => new TextDecoder().decode(bytesOf(id) ?? new Uint8Array()))
    expect(piecesOf('on the cat')).toEqual(['o', 'n', ' the', ' cat'])
    expect(piecesOf('then')).toEqual(['the', 'n'])
  })

  test('makes fewer tokens than asked of a small corpus, and none beyond', () => {
    const { encode, bytesOf } = trainTokenizer(['ab ab'], 4096)
    expect([...encode('ab')]).toEqual([256])
    expect(bytesOf(256)).toEqual(Uint8Array.of(97, 98))
    expect(bytesOf(257)).toBeUndefined()
  })

  test('learns the same from the same corpus', () => {
    const [one, other] = [1, 2].map(() => trainTokenizer(ENGLISH, 300))
    for (let id = 0; id < 300; id++) expect(one.bytesOf(id)).toEqual(other.bytesOf(id))
  })

  test('learns from all parts of a corpus that is too large to be learnt from whole', () => {
    const early = Array.from({ length: 10_000 }, () => 'aaaa bbbb '.repeat(10))
    const late = Array.from({ length: 10_000 }, () => 'cccc dddd '.repeat(10))
    const { encode } = trainTokenizer([...early, ...late], 300)
    expect(encode(' bbbb')).toHaveLength(1)
    expect(encode(' dddd')).toHaveLength(1)
  })
})
