import { expect, test } from 'vitest'
import { chipsOf, readAloud, typeSize, type Chip } from '../../../../src/app/views/chips.ts'
import { law } from '../../../support/snapshots.ts'

test('spaces and line breaks are made visible, and what is no text is a tag', () => {
  expect(chipsOf(law)).toEqual([
    { text: 'begin', isTag: true, replacement: null },
    { text: 'The', isTag: false, replacement: null },
    { text: '␣law⏎', isTag: false, replacement: '␣dog' },
    { text: 'E2', isTag: true, replacement: null },
  ])
  const pieces = ['\t', '\u00a0', '\u0007', 'א', '‹', '‹›']
  expect(chipsOf({ kind: 'text', pieces, seen: pieces }).map(({ text }) => text)).toEqual([
    '⇥',
    '␣',
    '·',
    'א',
    '‹',
    '‹›',
  ])
})

test('a passage is read without its tags, and with gaps where the student gets nothing', () => {
  expect(readAloud(law, null)).toBe('The law')
  expect(readAloud(law, Uint8Array.of(1, 1, 0, 0))).toBe('… dog')
  expect(readAloud(law, Uint8Array.of(0, 0, 1, 1))).toBe('The…')
})

test('many chips get small type, and few no posters', () => {
  const chips = (count: number): Chip[] =>
    Array.from({ length: count }, () => ({ text: 'e', isTag: false, replacement: null }))
  expect(typeSize(chips(256))).toBeLessThan(typeSize(chips(64)))
  expect(typeSize(chips(1))).toBe(typeSize(chips(2)))
})

test.each(['e', 'tion', '␣nevertheless', '語', '日本語'])('64 chips of “%s” fit into a square', (text) => {
  const size = typeSize(Array.from({ length: 64 }, () => ({ text, isTag: false, replacement: null })))
  const letter = text.includes('語') ? 1 : 0.6 // em, as in monospaced type
  const chip = Math.max(0.9, letter * text.length + 0.28)
  const perLine = Math.floor((100 / size - 0.7 + 0.16) / (chip + 0.16))
  const height = Math.ceil(64 / perLine) * 1.66 - 0.16 + 0.7
  expect(perLine).toBeGreaterThan(0)
  expect(size * height).toBeLessThanOrEqual(100)
  expect(size * height).toBeGreaterThan(60) // and fill it
})
