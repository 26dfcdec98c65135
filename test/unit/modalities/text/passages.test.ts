import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PASSAGE_CHARACTERS, passagesOf } from '../../../../src/modalities/text/passages.ts'

const passages = (...texts: string[]) => [...passagesOf(texts)]

const SENTENCE = 'Call me Ishmael, and never mind how long ago precisely this was.'

describe('passages', () => {
  test('are as many whole sentences as fit', () => {
    const sentences = Array.from({ length: 9 }, (_, i) => `${i + 1}: ${SENTENCE}`)
    expect(passages(sentences.join(' '))).toEqual([
      sentences.slice(0, 4).join(' '),
      sentences.slice(4, 8).join(' '),
      sentences[8],
    ])
  })

  test('join short paragraphs, and keep one line break where there was any', () => {
    expect(passages('A title\r\n\r\n  A  line\tand \r\nanother.\u2029\n\n The\u00a0end. ')).toEqual([
      'A title\nA line\nanother.\nThe end.'.replace('A line\n', 'A line and\n'),
    ])
  })

  test('take no line break for the end of a sentence', () => {
    const wrapped = SENTENCE.replace('never', '\nnever')
    const text = new Array(6).fill(wrapped).join('\n')
    expect(passages(text)).toEqual([
      new Array(4).fill(wrapped).join('\n').replaceAll(' \n', '\n'),
      new Array(2).fill(wrapped).join('\n').replaceAll(' \n', '\n'),
    ])
  })

  test('have no parts of two texts', () => {
    expect(passages('One.', ' \n', 'Two.')).toEqual(['One.', 'Two.'])
  })

  test('of a list without full stops end at its lines', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `item number ${i} of the list`)
    const cut = passages(lines.join('\n'))
    expect(cut.length).toBeGreaterThan(1)
    expect(cut.join('\n').split('\n')).toEqual(lines)
  })

  test('of one endless sentence end between words', () => {
    const words = Array.from({ length: 500 }, (_, i) => `word${i}`)
    const cut = passages(words.join(' '))
    expect(cut.join(' ').split(' ')).toEqual(words)
    expect(cut[0].length).toBeGreaterThan(PASSAGE_CHARACTERS - 10)
  })

  test('of one endless word end between letters, however they are made', () => {
    const letter = 'g\u0308\u0323'
    const cut = passages(letter.repeat(10_000))
    expect(cut.join('')).toBe(letter.repeat(10_000))
    for (const passage of cut) expect(passage.length % letter.length).toBe(0)
  })

  test('of one endless letter end somewhere, but within no character', () => {
    const letter = `a${'\u{1d167}'.repeat(1000)}`
    const cut = passages(letter)
    expect(cut.join('')).toBe(letter)
    for (const passage of cut) expect(passage).not.toMatch(/\p{Surrogate}/u)
  })

  test('never are too long, empty or without the rest of the text', () => {
    const text = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.constantFrom('. ', '\n\n', ' ', SENTENCE, '。', 'x'.repeat(299), 'x'.repeat(301)),
      ),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(text, (parts) => {
        const whole = parts.join('')
        const cut = passages(whole)
        for (const passage of cut) {
          expect(passage.trim()).not.toBe('')
          expect(passage.length).toBeLessThanOrEqual(PASSAGE_CHARACTERS)
        }
        const visible = (some: string) => some.replace(/[\s\p{Cc}]/gu, '')
        expect(visible(cut.join(''))).toBe(visible(whole))
      }),
    )
  })
})
