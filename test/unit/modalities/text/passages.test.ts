import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noPause } from './noPause.ts'
import { PASSAGE_CHARACTERS, passagesOf } from '../../../../src/modalities/text/passages.ts'

async function passages(...texts: string[]): Promise<string[]> {
  const all: string[] = []
  for await (const passage of passagesOf(texts, noPause)) all.push(passage)
  return all
}

const SENTENCE = 'Call me Ishmael, and never mind how long ago precisely this was.'

describe('passages', () => {
  test('are as many whole sentences as fit', async () => {
    const sentences = Array.from({ length: 9 }, (_, i) => `${i + 1}: ${SENTENCE}`)
    expect(await passages(sentences.join(' '))).toEqual([
      sentences.slice(0, 4).join(' '),
      sentences.slice(4, 8).join(' '),
      sentences[8],
    ])
  })

  test('join short paragraphs, and keep one line break where there was any', async () => {
    expect(await passages('A title\r\n\r\n  A  line\tand \r\nanother.\u2029\n\n The\u00a0end. ')).toEqual([
      'A title\nA line\nanother.\nThe end.'.replace('A line\n', 'A line and\n'),
    ])
  })

  test('take no line break for the end of a sentence', async () => {
    const wrapped = SENTENCE.replace('never', '\nnever')
    const text = new Array(6).fill(wrapped).join('\n')
    expect(await passages(text)).toEqual([
      new Array(4).fill(wrapped).join('\n').replaceAll(' \n', '\n'),
      new Array(2).fill(wrapped).join('\n').replaceAll(' \n', '\n'),
    ])
  })

  test('have no parts of two texts', async () => {
    expect(await passages('One.', ' \n', 'Two.')).toEqual(['One.', 'Two.'])
  })

  test('of a list without full stops end at its lines', async () => {
    const lines = Array.from({ length: 30 }, (_, i) => `item number ${i} of the list`)
    const cut = await passages(lines.join('\n'))
    expect(cut.length).toBeGreaterThan(1)
    expect(cut.join('\n').split('\n')).toEqual(lines)
  })

  test('of one endless sentence end between words', async () => {
    const words = Array.from({ length: 500 }, (_, i) => `word${i}`)
    const cut = await passages(words.join(' '))
    expect(cut.join(' ').split(' ')).toEqual(words)
    expect(cut[0].length).toBeGreaterThan(PASSAGE_CHARACTERS - 10)
  })

  test('of one endless word end between letters, however they are made', async () => {
    const letter = 'g\u0308\u0323'
    const cut = await passages(letter.repeat(10_000))
    expect(cut.join('')).toBe(letter.repeat(10_000))
    for (const passage of cut) expect(passage.length % letter.length).toBe(0)
  })

  test('of one endless letter end somewhere, but within no character', async () => {
    const letter = `a${'\u{1d167}'.repeat(1000)}`
    const cut = await passages(letter)
    expect(cut.join('')).toBe(letter)
    for (const passage of cut) expect(passage).not.toMatch(/\p{Surrogate}/u)
  })

  test('are the same however long the text is, though it is tidied in parts', async () => {
    const sentence = 'Call me  Ishmael, \r\n and never mind \x07 how long\tago precisely this was. '
    const tidy = 'Call me Ishmael,\nand never mind how long ago precisely this was.'
    for (const end of ['', '\n\n\n']) {
      const all = (await passages((sentence + end).repeat(2000))).join('\n')
      expect(all.replaceAll('was.\n', 'was. ').split(/(?<=was\.) /)).toEqual(new Array(2000).fill(tidy))
    }
  })

  test('of a long text without any space lose nothing of it', async () => {
    const text = '\u{20000}語'.repeat(50_000)
    expect((await passages(text)).join('')).toBe(text)
  })

  test('never are too long, empty or without the rest of the text', async () => {
    const text = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.constantFrom('. ', '\n\n', ' ', SENTENCE, '。', 'x'.repeat(299), 'x'.repeat(301)),
      ),
      { maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(text, async (parts) => {
        const whole = parts.join('')
        const cut = await passages(whole)
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
