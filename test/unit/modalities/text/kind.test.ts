import { describe, expect, test } from 'vitest'
import type { Tools } from '../../../../src/modalities/kind.ts'
import { MOST_BYTES } from '../../../../src/modalities/text/decode.ts'
import { kind as textKind } from '../../../../src/modalities/text/kind.ts'
import type { Passage } from '../../../../src/modalities/text/samples.ts'

const nothing = () => Promise.reject(new Error('not for text'))

/** Text needs nothing of a browser. */
const TOOLS: Tools = {
  fetchFile: nothing,
  decodePixels: nothing,
  decodeSquare: nothing,
  decodeSound: nothing,
}

const read = (file: File) => textKind.readFile(file, TOOLS)

describe('a text file', () => {
  test('becomes passages', async () => {
    expect(await read(new File(['Dear diary.'], 'diary.txt'))).toEqual({
      item: [{ label: 'diary.txt', text: 'Dear diary.' }],
      parts: 1,
      preview: { kind: 'text', excerpt: 'Dear diary.', characters: 11 },
      notices: [],
    })
  })

  test('is read no further than it is used', async () => {
    const beginning = 'A fine day without end, in which it never rained. '.repeat(MOST_BYTES / 50)
    const result = await read(new File([beginning, 'The rest is silence.'.repeat(1000)], 'long.txt'))
    expect(result).toMatchObject({ notices: ['“long.txt” is long: its first 5 MB are used.'] })
    const passages = 'item' in result ? (result.item as readonly Passage[]) : []
    expect(passages.length).toBeGreaterThan(0)
    expect(passages.some(({ text }) => text.includes('silence'))).toBe(false)
  })

  test('that is gone is refused with the way out', async () => {
    const file = new File(['Dear diary.'], 'diary.txt')
    file.slice = () => {
      const gone = new Blob()
      gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'))
      return gone
    }
    expect(await read(file)).toEqual({
      refusal: '“diary.txt” could not be read. It may have been moved or changed: choose it again.',
    })
  })
})
