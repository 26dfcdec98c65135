import { expect, test } from 'vitest'
import { commonLabel, countLabels, labelled } from '../../../../src/app/data/labels.ts'
import { ownImage } from '../../../support/ownSamples.ts'

const LIST = ['dog', '', 'cat', 'class 10', 'dog', 'class 9'].map((label, id) => ({ ...ownImage(id), label }))

test('labels are counted in the order of the alphabet, files without one last', () => {
  expect(countLabels(LIST)).toEqual([
    { label: 'cat', count: 1 },
    { label: 'class 9', count: 1 },
    { label: 'class 10', count: 1 },
    { label: 'dog', count: 2 },
    { label: '', count: 1 },
  ])
})

test('files are found by their label, and those without one, too', () => {
  expect([...labelled(LIST, 'dog')]).toEqual([0, 4])
  expect([...labelled(LIST, '')]).toEqual([1])
})

test('a selection has a label if all of it has the same', () => {
  expect(commonLabel(LIST, new Set([0, 4]))).toBe('dog')
  expect(commonLabel(LIST, new Set([0, 1]))).toBe('')
  expect(commonLabel(LIST, new Set())).toBe('')
})
