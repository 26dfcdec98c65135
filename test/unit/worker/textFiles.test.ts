import { describe, expect, test } from 'vitest'
import { MOST_BYTES } from '../../../src/modalities/text/decode.ts'
import { readTextFile } from '../../../src/worker/textFiles.ts'

describe('readTextFile', () => {
  test('gives the passages of a file', async () => {
    const file = new File(['Dear diary.'], 'diary.txt')
    expect(await readTextFile(file)).toEqual({
      passages: [{ label: 'diary.txt 1', text: 'Dear diary.' }],
      excerpt: 'Dear diary.',
      characters: 11,
      notices: [],
    })
  })

  test('reads no more of a file than is used', async () => {
    const beginning = 'A fine day. '.repeat(MOST_BYTES / 12)
    const file = new File([beginning, 'The rest is silence.'.repeat(1000)], 'long.txt')
    const result = await readTextFile(file)
    expect(result).toMatchObject({ notices: ['“long.txt” is long: its first 5 MB are used.'] })
    expect('passages' in result && result.passages.some(({ text }) => text.includes('silence'))).toBe(false)
  })

  test('says what to do when a file is gone', async () => {
    const file = new File(['Dear diary.'], 'diary.txt')
    file.slice = () => {
      const gone = new Blob()
      gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'))
      return gone
    }
    expect(await readTextFile(file)).toEqual({
      refusal: '“diary.txt” could not be read. It may have been moved or changed: choose it again.',
    })
  })
})
