import { describe, expect, test } from 'vitest'
import { countMasked, countWords, describeToken } from '../../../../src/app/views/words.ts'
import { pictureSnapshot, soundSnapshot, textSnapshot } from '../../../support/snapshots.ts'

test('what is masked is counted in the words of its modality', () => {
  const mask = Uint8Array.of(1, 0, 1)
  expect(countMasked(mask)).toBe(2)
  expect(countWords(mask, { one: 'frame', many: 'frames' })).toBe('2 of 3 frames')
  expect(countWords(Uint8Array.of(1), { one: 'frame', many: 'frames' })).toBe('1 of 1 frame')
})

describe('a token tells its place, whether it is masked, and its loss', () => {
  test('a patch by its row and column', () => {
    expect(describeToken(pictureSnapshot, 2)).toMatch(/Row 2, column 1: masked\..*0\.750.*0\.500/)
    expect(describeToken(pictureSnapshot, 3)).toMatch(/Row 2, column 2: seen.*0\.125.*not count/)
  })

  test('a frame by its time', () => {
    expect(describeToken(soundSnapshot, 2)).toMatch(/^0\.08–0\.12 s: masked\./)
  })

  test('a token of text by its letters, and by those that the student sees instead', () => {
    expect(describeToken(textSnapshot, 1)).toMatch(/^“The”, token 2: masked\./)
    expect(describeToken(textSnapshot, 2)).toMatch(
      /^“␣law⏎”, token 3, of which the student sees “␣dog” instead/,
    )
  })
})
