import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/ops/random.ts'
import { PrincipalAxes } from '../../../src/probes/principalAxes.ts'

const WIDTH = 8
const COUNT = 4000

/** Standard deviation of the cloud along each of its own axes, which `rotation` turns channels 0 and 1 away from. */
const SPREADS = [5, 3, 2, 0.5, 0.4, 0.3, 0.2, 0.1]

function cloud(seed: number, { rotation = 0, centre = 0, scale = 1 } = {}): Float32Array {
  const random = Random.stream(seed, 'cloud')
  const vectors = new Float32Array(COUNT * WIDTH)
  for (let n = 0; n < COUNT; n++) {
    const own = SPREADS.map((spread) => scale * spread * random.normal())
    const [x, y] = own
    own[0] = Math.cos(rotation) * x - Math.sin(rotation) * y
    own[1] = Math.sin(rotation) * x + Math.cos(rotation) * y
    vectors.set(
      own.map((value) => value + centre),
      n * WIDTH,
    )
  }
  return vectors
}

/** A vector `length` standard deviations from the centre along the cloud's own axis `k`. */
function probe(k: number, length: number, { rotation = 0, centre = 0 } = {}): Float32Array {
  const vector = new Float32Array(WIDTH)
  vector[k] = length * SPREADS[k]
  const [x, y] = vector
  vector[0] = Math.cos(rotation) * x - Math.sin(rotation) * y
  vector[1] = Math.sin(rotation) * x + Math.cos(rotation) * y
  return vector.map((value) => value + centre)
}

function fitted(...clouds: Float32Array[]): PrincipalAxes {
  const axes = new PrincipalAxes(WIDTH, Random.stream(1, 'axes'))
  for (const vectors of clouds) axes.fit(vectors)
  return axes
}

describe('PrincipalAxes', () => {
  test('finds the axes of a cloud of known covariance, widest first', () => {
    const options = { rotation: 0.7, centre: 3 }
    const axes = fitted(cloud(1, options))
    for (const k of [0, 1, 2]) {
      const coordinates = axes.project(probe(k, 2, options)).map(Math.abs)
      const expected = [0, 0, 0].map((_, i) => (i === k ? 2 : 0))
      // 4,000 samples know a standard deviation to about 1 %, a direction to about 0.03 rad.
      expected.forEach((value, i) => expect(Math.abs(coordinates[i] - value)).toBeLessThan(0.15))
    }
  })

  test('puts the centre of the cloud at zero', () => {
    const coordinates = fitted(cloud(1, { centre: 3 })).project(new Float32Array(WIDTH).fill(3))
    for (const value of coordinates) expect(Math.abs(value)).toBeLessThan(0.1)
  })

  test('keeps its signs and moves little when the cloud moves little', () => {
    const axes = fitted(cloud(1))
    const before = axes.project(probe(0, 2))
    for (let i = 1; i <= 10; i++) axes.fit(cloud(1 + i, { rotation: i * 0.02 }))
    const after = axes.project(probe(0, 2, { rotation: 0.2 }))
    expect(Math.sign(after[0])).toBe(Math.sign(before[0]))
    expect(Math.abs(after[0] - before[0])).toBeLessThan(0.2)
  })

  test('gives equal coordinates to equal vectors, whatever else is projected', () => {
    const axes = fitted(cloud(1))
    const vectors = cloud(2).slice(0, 5 * WIDTH)
    const alone = axes.project(vectors.subarray(2 * WIDTH, 3 * WIDTH))
    expect(axes.project(vectors).slice(6, 9)).toEqual(alone)
  })

  test('shows a collapsed cloud as one point rather than as its noise', () => {
    const coordinates = fitted(cloud(1, { scale: 1e-3 })).project(cloud(2, { scale: 1e-3 }))
    expect(Math.max(...coordinates.map(Math.abs))).toBeLessThan(0.2)
  })

  test.each([
    ['a single point', new Float32Array(4 * WIDTH).fill(1)],
    ['a line', Float32Array.from({ length: 4 * WIDTH }, (_, i) => Math.floor(i / WIDTH))],
  ])('stays finite on %s', (_, vectors) => {
    const axes = fitted(vectors, vectors, vectors)
    expect(axes.project(vectors).every(Number.isFinite)).toBe(true)
  })
})
