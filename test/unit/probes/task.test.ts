import { expect, test } from 'vitest'
import { taskOf, type Labelled } from '../../../src/probes/task.ts'

const LIMITS = { learnt: 1000, tested: 500 }

/** So many samples of each of two classes, `files` files each; of another 10 nothing is known. */
function labelled(samples: number, files: number): Labelled {
  const of = [
    ...Array<number>(samples).fill(0),
    ...Array<number>(samples).fill(1),
    ...Array<number>(10).fill(-1),
  ]
  const subjectOf = of.map((one, i) => (one < 0 ? -1 - i : one * files + (i % files)))
  return { names: ['cat', 'dog'], of, subjectOf, heldOut: 0 }
}

test('samples of which nothing is known are looked at, but nothing is learnt or told of them', () => {
  const { samples, task } = taskOf(labelled(50, 10), LIMITS)
  expect(samples).toHaveLength(110)
  const used = [...task.train, ...task.validation, ...task.test].map((row) => samples[row])
  expect(used.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, sample) => sample))
})

test('samples are drawn in the same order, whatever is known of them', () => {
  const known = labelled(50, 10)
  const unknown = { ...known, names: [], of: known.of.map(() => -1) }
  expect(taskOf(unknown, LIMITS).samples).toEqual(taskOf(known, LIMITS).samples)
})

test('what is of one file stays in one part', () => {
  const { of, subjectOf, ...rest } = labelled(50, 10)
  const { samples, task } = taskOf({ of, subjectOf, ...rest }, LIMITS)
  const filesOf = (rows: readonly number[]) => new Set(rows.map((row) => subjectOf[samples[row]]))
  const parts = [task.train, task.validation, task.test].map(filesOf)
  expect(parts.reduce((sum, { size }) => sum + size, 0)).toBe(20)
})

test('unless a class is of very few files: then each part has some of both', () => {
  const { task } = taskOf(labelled(50, 1), LIMITS)
  for (const part of [task.train, task.validation, task.test])
    expect(new Set(part.map((row) => task.classOf[row])).size).toBe(2)
  expect(task.test).toHaveLength(20)
})
