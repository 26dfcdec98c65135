import { expect, test } from 'vitest'
import { chipsOf, typeSize, type Chip } from '../../../../src/app/views/chips.ts'
import { law } from '../../../support/snapshots.ts'

test('spaces and line breaks are made visible, and what is no text is a tag', () => {
  expect(chipsOf(law)).toEqual([
    { text: 'begin', isTag: true, replacement: null },
    { text: 'The', isTag: false, replacement: null },
    { text: '␣law⏎', isTag: false, replacement: '␣dog' },
    { text: 'E2', isTag: true, replacement: null },
  ])
  const pieces = ['\t', '\u00a0', 'א', '‹', '‹›']
  expect(chipsOf({ kind: 'text', pieces, seen: pieces }).map(({ text }) => text)).toEqual([
    '⇥',
    '␣',
    'א',
    '‹',
    '‹›',
  ])
})

test('many chips get small type, and few no posters', () => {
  const chips = (count: number): Chip[] =>
    Array.from({ length: count }, () => ({ text: 'e', isTag: false, replacement: null }))
  expect(typeSize(chips(256))).toBeLessThan(typeSize(chips(64)))
  expect(typeSize(chips(1))).toBe(typeSize(chips(2)))
})
