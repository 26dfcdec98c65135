import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/ops/random.ts'
import type { Features } from '../../../src/probes/features.ts'
import { probeLinear, probeLogistic, probeNearest } from '../../../src/probes/probe.ts'
import { taskOf } from '../../../src/probes/task.ts'

const COUNT = 200
const classOf = Array.from({ length: COUNT }, (_, i) => i % 4)
const labelled = {
  names: ['a', 'b', 'c', 'd'],
  of: classOf,
  subjectOf: classOf.map((_, i) => Math.floor(i / 2)),
  heldOut: 50,
}

/** Features of `samples` that tell their class as far as `signal` is stronger than noise. */
function featuresOf(samples: readonly number[], signal: number): Features {
  const random = Random.stream(3, 'features')
  const noise = Array.from({ length: COUNT * 4 }, () => random.normal())
  const row = (sample: number) =>
    [0, 1, 2, 3].map((axis) => noise[sample * 4 + axis] + (classOf[sample] === axis ? signal : 0))
  return { count: samples.length, width: 4, values: Float32Array.from(samples.flatMap(row)) }
}

describe('taskOf', () => {
  const { samples, task } = taskOf(labelled, { learnt: Infinity, tested: Infinity })
  const at = (rows: readonly number[]) => rows.map((row) => samples[row])

  test('tests on samples that are held out, and on no others', () => {
    expect(at(task.test).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => 150 + i))
    expect(at(task.train).every((sample) => sample < 150)).toBe(true)
    expect(task.train.length).toBe(150)
  })

  test('keeps samples of a subject together', () => {
    const subjects = (rows: readonly number[]) =>
      new Set(at(rows).map((sample) => labelled.subjectOf[sample]))
    const asked = task.folds.map((fold) => subjects(fold.asked))
    expect(asked.map(({ size }) => size)).toEqual([15, 15, 15, 15, 15])
    expect(subjects(task.folds.flatMap((fold) => fold.asked)).size).toBe(75)
    task.folds.forEach(({ known }, i) => {
      const rest = [...subjects(task.train)].filter((subject) => !asked[i].has(subject))
      expect(subjects(known)).toEqual(new Set(rest))
    })
  })

  test('chooses by a fifth alone where samples are many', () => {
    const foldsOf = (learnt: number) => {
      const each = Array.from({ length: learnt + 10 }, (_, i) => i)
      const many = { names: ['a', 'b'], of: each.map((i) => i % 2), subjectOf: each, heldOut: 10 }
      return taskOf(many, { learnt: Infinity, tested: Infinity }).task.folds
    }
    expect(foldsOf(999)).toHaveLength(5)
    expect(foldsOf(1000).map(({ asked }) => asked.length)).toEqual([200])
  })

  test('takes as many as it may, and the same ones each time', () => {
    const limited = taskOf(labelled, { learnt: 40, tested: 10 })
    expect(limited.samples).toHaveLength(50)
    expect(limited.task.test).toHaveLength(10)
    expect(taskOf(labelled, { learnt: 40, tested: 10 })).toEqual(limited)
  })
})

describe.each([
  [
    'nearest neighbours',
    (layers: readonly Features[], task: Parameters<typeof probeNearest>[1]) => probeNearest(layers, task, 5),
  ],
  ['a linear classifier', probeLinear],
  ['logistic regression', probeLogistic],
])('%s', (_, probe) => {
  const { samples, task } = taskOf(labelled, { learnt: Infinity, tested: Infinity })

  test('find what features tell, and nothing where they tell nothing', () => {
    expect(probe([featuresOf(samples, 6)], task).accuracy).toBeGreaterThan(0.95)
    expect(probe([featuresOf(samples, 0)], task).accuracy).toBeLessThan(0.5)
  })

  test('choose the layer that tells most', () => {
    const layers = [0, 5, 1].map((signal) => featuresOf(samples, signal))
    expect(probe(layers, task).candidate).toBe(1)
  })

  test('count each test sample once in the confusion', () => {
    const { confusion, accuracy } = probe([featuresOf(samples, 2)], task)
    const right = [0, 1, 2, 3].reduce((sum, each) => sum + confusion[each * 4 + each], 0)
    expect(confusion.reduce((sum, count) => sum + count, 0)).toBe(50)
    expect(right / 50).toBeCloseTo(accuracy, 10)
  })
})
