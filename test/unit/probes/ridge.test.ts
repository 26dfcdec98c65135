import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/ops/random.ts'
import type { Features } from '../../../src/probes/features.ts'
import { solve } from '../../../src/probes/linearSystem.ts'
import { classify, ridge, sumUp } from '../../../src/probes/ridge.ts'

describe('solve', () => {
  test('finds X with A · X = B', () => {
    const n = 7
    const random = Random.stream(1, 'system')
    const root = Float64Array.from({ length: n * n }, () => random.normal())
    const a = Float64Array.from({ length: n * n }, (_, i) => {
      const [row, column] = [Math.floor(i / n), i % n]
      let sum = row === column ? 0.1 : 0
      for (let k = 0; k < n; k++) sum += root[row * n + k] * root[column * n + k]
      return sum
    })
    const b = Float64Array.from({ length: n * 2 }, () => random.normal())
    const x = solve(a, b, n)
    for (let row = 0; row < n; row++)
      for (let c = 0; c < 2; c++) {
        let product = 0
        for (let k = 0; k < n; k++) product += a[row * n + k] * x[k * 2 + c]
        expect(product).toBeCloseTo(b[row * 2 + c], 8)
      }
  })

  test('refuses a system that has no single solution', () => {
    expect(() => solve(Float64Array.of(1, 0, 1, 1, 1, 1, 1, 1, 1), Float64Array.of(1, 1, 1), 3)).toThrow(
      'not positive definite',
    )
  })
})

/** The same and so many more columns, of noise with mean zero. */
function wider({ count, width, values }: Features, more: number): Features {
  const random = Random.stream(4, 'wider')
  const noise = Array.from({ length: more }, () => {
    const column = Array.from({ length: count }, () => random.normal())
    const mean = column.reduce((sum, value) => sum + value / count, 0)
    return column.map((value) => value - mean)
  })
  const rows = Array.from({ length: count }, (_, row) => [
    ...values.subarray(row * width, (row + 1) * width),
    ...noise.map((column) => column[row]),
  ])
  return { count, width: width + more, values: Float32Array.from(rows.flat()) }
}

describe('ridge', () => {
  /** Three clouds, of 30, 20 and 10 points. */
  const classOf = Array.from({ length: 60 }, (_, i) => (i < 30 ? 0 : i < 50 ? 1 : 2))
  const centres = [[-3, 0], [3, 0], [0, 4]] // prettier-ignore
  const random = Random.stream(2, 'clouds')
  const points = classOf.map((each) => centres[each].map((centre) => centre + random.normal()))
  const mean = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis] / 60, 0))
  const features: Features = {
    count: 60,
    width: 2,
    values: Float32Array.from(points.flatMap((point) => point.map((value, axis) => value - mean[axis]))),
  }

  test('tells clouds apart', () => {
    const found = classify(features, ridge(sumUp(features, classOf, 3), 0.01))
    expect(classOf.filter((each, i) => found[i] === each).length).toBeGreaterThan(57)
  })

  test.each([
    ['fewer features than samples', features],
    ['more features than samples', wider(features, 90)],
  ])('has no gradient left at its solution, with %s', (_, features) => {
    const penalty = 0.3
    const { weights } = ridge(sumUp(features, classOf, 3), penalty)
    const { width, values } = features
    for (let i = 0; i < width; i++)
      for (let c = 0; c < 3; c++) {
        let gradient = penalty * 60 * weights[i * 3 + c]
        classOf.forEach((each, row) => {
          const sample = values.subarray(row * width, (row + 1) * width)
          const score = sample.reduce((sum, x, j) => sum + x * weights[j * 3 + c], weights[width * 3 + c])
          gradient += (score - (each === c ? 1 : 0)) * sample[i]
        })
        expect(gradient).toBeCloseTo(0, 4) // features are float32
      }
  })

  test('answers with the commonest class when the penalty leaves it nothing else', () => {
    const found = classify(features, ridge(sumUp(features, classOf, 3), 1e9))
    expect(new Set(found)).toEqual(new Set([0]))
  })
})
