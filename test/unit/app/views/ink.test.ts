import { expect, test } from 'vitest'
import { inkOn } from '../../../../src/app/views/ink.ts'

const ink = (colour: readonly number[], theme: 'light' | 'dark') =>
  inkOn(Uint8ClampedArray.from(colour), theme)

test('letters are black on bright colours and white on dark ones', () => {
  for (const theme of ['light', 'dark'] as const) {
    expect(ink([255, 255, 0, 255], theme)).toBe('#000')
    expect(ink([0, 0, 255, 255], theme)).toBe('#fff')
    // Grey of level 118 has a contrast of 4.6 with both; one more or less decides.
    expect(ink([120, 120, 120, 255], theme)).toBe('#000')
    expect(ink([114, 114, 114, 255], theme)).toBe('#fff')
  }
})

test('a faint colour counts as what it lies on', () => {
  expect(ink([213, 94, 0, 10], 'light')).toBe('#000')
  expect(ink([213, 94, 0, 10], 'dark')).toBe('#fff')
})
