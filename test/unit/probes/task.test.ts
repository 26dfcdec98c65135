import { describe, expect, test } from 'vitest'
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
  const used = [...task.train, ...task.test].map((row) => samples[row])
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
  const parts = [...task.folds.map(({ asked }) => asked), task.test].map(filesOf)
  expect(parts.reduce((sum, { size }) => sum + size, 0)).toBe(20)
})

test('unless a class is of very few files: then each part has some of both', () => {
  const { task } = taskOf(labelled(50, 1), LIMITS)
  for (const part of [...task.folds.map(({ asked }) => asked), task.test])
    expect(new Set(part.map((row) => task.classOf[row])).size).toBe(2)
  expect(task.test).toHaveLength(20)
})

test('but what overlaps stays in one part', () => {
  const { of, ...rest } = labelled(50, 1)
  const pieceOf = of.map((_, i) => i - (i % 2)) // each sample overlaps one neighbour
  const { samples, task } = taskOf({ of, pieceOf, ...rest }, LIMITS)
  const piecesOf = (rows: readonly number[]) => new Set(rows.map((row) => pieceOf[samples[row]]))
  const parts = [...task.folds.map(({ asked }) => asked), task.test].map(piecesOf)
  expect(parts.reduce((sum, { size }) => sum + size, 0)).toBe(50)
})

test('a class of very few files does not part the files of another', () => {
  const { of, subjectOf, ...rest } = labelled(50, 10)
  const one = subjectOf.map((subject, i) => (of[i] === 0 ? 0 : subject)) // all cats are of one file
  const { samples, task } = taskOf({ of, subjectOf: one, ...rest }, LIMITS)
  const parts = [...task.folds.map(({ asked }) => asked), task.test].map((rows) =>
    rows.map((row) => samples[row]),
  )
  const filesOfDogs = parts.map((part) => new Set(part.filter((i) => of[i] === 1).map((i) => one[i])))
  expect(filesOfDogs.reduce((sum, { size }) => sum + size, 0)).toBe(10)
  const tested = task.test.map((row) => task.classOf[row])
  expect([0, 1].map((name) => tested.filter((is) => is === name).length)).toEqual([10, 10])
})

describe('of pictures that are drawn in three styles', () => {
  const subjects = Array.from({ length: 60 }, (_, subject) => subject)
  const each = subjects.flatMap((subject) => [0, 1, 2].map((style) => ({ subject, style })))
  const drawn: Labelled = {
    names: ['cat', 'dog'],
    of: each.map(({ subject }) => subject % 2),
    subjectOf: each.map(({ subject }) => subject),
    styleOf: each.map(({ style }) => style),
    heldOut: 45,
  }

  test('those that are tested are drawn otherwise than those that are learnt from, where that is asked for', () => {
    const { samples, task } = taskOf(drawn, LIMITS, 'other')
    const stylesOf = (rows: readonly number[]) => rows.map((row) => drawn.styleOf?.[samples[row]])
    expect(new Set(stylesOf(task.train))).toEqual(new Set([0]))
    expect(new Set(stylesOf(task.test))).toEqual(new Set([1, 2]))
    expect(task.test).toHaveLength(30)
    expect(task.train.length).toBe(45)
  })

  test('so are those that choices are made by, which show nothing that is learnt from', () => {
    const { samples, task } = taskOf(drawn, LIMITS, 'other')
    expect(task.folds).toHaveLength(5)
    for (const { known, asked } of task.folds) {
      expect(new Set(known.map((row) => drawn.styleOf?.[samples[row]]))).toEqual(new Set([0]))
      expect(new Set(asked.map((row) => drawn.styleOf?.[samples[row]]))).toEqual(new Set([1, 2]))
      const shown = new Set(known.map((row) => drawn.subjectOf[samples[row]]))
      expect(asked.filter((row) => shown.has(drawn.subjectOf[samples[row]]))).toEqual([])
    }
  })

  test('they are drawn in all of them, where it is not', () => {
    expect(taskOf(drawn, LIMITS).task.test).toHaveLength(45)
  })

  test('nothing is lost where no style is known', () => {
    const { styleOf, ...rest } = drawn
    expect(styleOf).toBeDefined()
    expect(taskOf(rest, LIMITS, 'other')).toEqual(taskOf(rest, LIMITS))
  })
})
