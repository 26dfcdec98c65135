import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/ops/random.ts'

const draw = (random: Random, count: number) => Array.from({ length: count }, () => random.uniform())

describe('Random', () => {
  test('repeats itself for the same seed and name, and differs for any other', () => {
    const first = draw(Random.stream(7, 'masks'), 5)
    expect(draw(Random.stream(7, 'masks'), 5)).toEqual(first)
    expect(draw(Random.stream(8, 'masks'), 5)).not.toEqual(first)
    expect(draw(Random.stream(7, 'batches'), 5)).not.toEqual(first)
    expect(draw(Random.stream(7 + 2 ** 32, 'masks'), 5)).not.toEqual(first)
  })

  test('is uniform: a χ² test over 64 bins', () => {
    const random = Random.stream(3, 'uniform')
    const [draws, bins] = [64_000, 64]
    const counts = new Array<number>(bins).fill(0)
    for (const x of draw(random, draws)) counts[Math.floor(x * bins)] += 1
    const chi2 = counts.reduce((sum, n) => sum + (n - draws / bins) ** 2 / (draws / bins), 0)
    expect(chi2).toBeLessThan(114) // 63 degrees of freedom: exceeded once in 10,000 seeds
    expect(chi2).toBeGreaterThan(27) // too even would be as wrong
  })

  test('draws normal numbers of mean 0, variance 1 and the right tails', () => {
    const random = Random.stream(4, 'normal')
    const values = Array.from({ length: 20_000 }, () => random.normal())
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length
    const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length
    const beyondTwo = values.filter((x) => Math.abs(x) > 2).length / values.length
    // Four standard errors each.
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(20_000))
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 20_000))
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(4 * Math.sqrt((0.0455 * 0.9545) / 20_000))
  })

  test('integers reach both ends and nothing else', () => {
    const random = Random.stream(5, 'integers')
    const seen = new Set(Array.from({ length: 200 }, () => random.integer(-1, 2)))
    expect([...seen].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2])
  })

  test('shuffles every item to every place equally often', () => {
    const random = Random.stream(6, 'shuffle')
    const counts = [0, 1, 2].map(() => [0, 0, 0])
    for (let i = 0; i < 6000; i++) {
      const items = Uint32Array.of(0, 1, 2)
      random.shuffle(items)
      items.forEach((item, place) => (counts[item][place] += 1))
    }
    // 2,000 expected; four standard errors.
    for (const count of counts.flat())
      expect(Math.abs(count - 2000)).toBeLessThan(4 * Math.sqrt(6000 * (2 / 9)))
  })
})
