import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/ops/random.ts'
import type { Features } from '../../../src/probes/features.ts'
import { logistic } from '../../../src/probes/logistic.ts'

const COUNT = 120
const WIDTH = 6
const CLASSES = 3
const classOf = Array.from({ length: COUNT }, (_, i) => (i < 60 ? 0 : i < 100 ? 1 : 2))

/** Columns of mean zero, most of which follow the first; two of them tell classes apart. */
const features = featuresOf()

function featuresOf(): Features {
  const random = Random.stream(5, 'logistic')
  const shared = classOf.map(() => random.normal())
  const columns = Array.from({ length: WIDTH }, (_, axis) => {
    const column = classOf.map((each, row) => 3 * shared[row] + random.normal() + (each === axis ? 2 : 0))
    const mean = column.reduce((sum, value) => sum + value / COUNT, 0)
    return column.map((value) => value - mean)
  })
  const values = Float32Array.from(
    { length: COUNT * WIDTH },
    (_, i) => columns[i % WIDTH][Math.floor(i / WIDTH)],
  )
  return { count: COUNT, width: WIDTH, values }
}

/** Mean cross entropy and the penalty on half the squared weights. */
function lossOf(weights: Float64Array, penalty: number): number {
  let sum = 0
  for (let row = 0; row < COUNT; row++) {
    const scores = [0, 1, 2].map((c) => {
      let score = weights[WIDTH * CLASSES + c]
      for (let i = 0; i < WIDTH; i++) score += features.values[row * WIDTH + i] * weights[i * CLASSES + c]
      return score
    })
    const total = scores.reduce((all, score) => all + Math.exp(score), 0)
    sum += Math.log(total) - scores[classOf[row]]
  }
  const squares = weights.subarray(0, WIDTH * CLASSES).reduce((all, weight) => all + weight ** 2, 0)
  return sum / COUNT + (penalty / 2) * squares
}

describe.each([1e-3, 0.1])('with a penalty of %f', (penalty) => {
  const { weights } = logistic(features, classOf, CLASSES, penalty)

  test('no weight can be moved for less loss', () => {
    const least = lossOf(weights, penalty)
    weights.forEach((_, i) => {
      for (const way of [-0.05, 0.05]) {
        const moved = weights.map((weight, j) => (i === j ? weight + way : weight))
        expect(lossOf(moved, penalty)).toBeGreaterThan(least)
      }
    })
  })

  test('its slope is zero, by finite differences', () => {
    weights.forEach((_, i) => {
      const at = (way: number) =>
        lossOf(
          weights.map((weight, j) => (i === j ? weight + way : weight)),
          penalty,
        )
      expect((at(1e-4) - at(-1e-4)) / 2e-4).toBeCloseTo(0, 2) // it ends where weights still move by 1e-3 an iteration
    })
  })
})

test('a strong penalty leaves only how common each class is', () => {
  const { weights } = logistic(features, classOf, CLASSES, 1e6)
  const bias = [...weights.subarray(WIDTH * CLASSES)]
  const total = bias.reduce((sum, each) => sum + Math.exp(each), 0)
  const shares = bias.map((each) => Math.exp(each) / total)
  ;[60, 40, 20].forEach((count, c) => {
    expect(shares[c]).toBeCloseTo(count / COUNT, 3)
  })
})
