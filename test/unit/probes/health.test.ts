import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/ops/random.ts'
import { effectiveRank, healthOf, positionStd, realTokens } from '../../../src/probes/health.ts'

const SAMPLES = 8
const TOKENS = 6
const WIDTH = 5

/** Eight samples of six tokens, five numbers each; without padding if `lengths` says nothing else. */
function vectorsOf(
  value: (sample: number, token: number, channel: number) => number,
  lengths: readonly number[] = Array<number>(SAMPLES).fill(TOKENS),
) {
  const values = Float32Array.from({ length: lengths.length * TOKENS * WIDTH }, (_, i) => {
    const token = Math.floor(i / WIDTH)
    return value(Math.floor(token / TOKENS), token % TOKENS, i % WIDTH)
  })
  return { values, tokens: TOKENS, width: WIDTH, lengths }
}

describe('what tells collapse', () => {
  test('one answer for everything differs nowhere and in no direction', () => {
    const same = vectorsOf((_, __, channel) => channel)
    expect(healthOf(same)).toEqual({ position_std: 0, effective_rank: 0 })
  })

  test('one answer a place differs from place to place, and not from sample to sample', () => {
    const byPlace = vectorsOf((_, token, channel) => Math.sin(token * (channel + 1)))
    const { position_std, effective_rank } = healthOf(byPlace)
    expect(position_std).toBe(0)
    expect(effective_rank).toBeGreaterThan(1)
  })

  test('one answer a sample differs at each place by the spread of the samples', () => {
    // The eight numbers −7, −5, …, 7 have the unbiased variance 2 · (1 + 9 + 25 + 49) / 7 = 24.
    const bySample = vectorsOf((sample) => 2 * sample - 7)
    expect(positionStd(bySample)).toBeCloseTo(Math.sqrt(24), 6)
    expect(effectiveRank(bySample.values, WIDTH)).toBeCloseTo(1, 6) // all channels move as one
  })
})

test('is measured on many long samples as on few of them', () => {
  const [tokens, width] = [300, 2]
  const random = Random.stream(2, 'many')
  const values = Float32Array.from({ length: SAMPLES * tokens * width }, () => random.normal())
  const { effective_rank } = healthOf({ values, tokens, width, lengths: Array<number>(SAMPLES).fill(tokens) })
  expect(effective_rank).toBeCloseTo(2, 1)
})

test('of many tokens, places of every kind are counted', () => {
  // Every other place differs in the first direction, the places between in the second: two directions alike.
  const [tokens, width, samples] = [8, 2, 64]
  const random = Random.stream(4, 'places')
  const values = Float32Array.from({ length: samples * tokens * width }, (_, i) =>
    Math.floor(i / width) % 2 === i % width ? random.normal() : 0,
  )
  const { effective_rank } = healthOf({ values, tokens, width, lengths: Array<number>(samples).fill(tokens) })
  expect(effective_rank).toBeGreaterThan(1.9)
})

describe('the spread across samples at a place', () => {
  test('is the root of the mean variance, not the mean of the roots', () => {
    // Two samples that differ by 2 at the first place have the variance 2 there, and none at the other five.
    const uneven = vectorsOf((sample, token) => (token === 0 ? 2 * sample : 0), [TOKENS, TOKENS])
    expect(positionStd(uneven)).toBeCloseTo(Math.sqrt(2 / TOKENS), 6)
  })

  test('looks at no padding, and at no place that one sample alone reaches', () => {
    const lengths = [TOKENS, 3, 2]
    const padded = vectorsOf(
      (sample, token) => (token >= lengths[sample] ? 1e6 : token < 2 ? 3 : 1000 * sample),
      lengths,
    )
    // The first two places are alike in all three samples; the third differs between two samples by 1,000.
    expect(positionStd(padded)).toBeCloseTo(Math.sqrt(500_000 / 3), 3)
    expect(realTokens(padded)).toHaveLength((TOKENS + 3 + 2) * WIDTH)
    expect(Math.max(...realTokens(padded))).toBe(1000)
  })

  test('is not known where no place has two samples', () => {
    expect(positionStd(vectorsOf(Number, [TOKENS]))).toBeNaN()
  })
})

describe('effective rank', () => {
  /** `count` vectors of `width` numbers, independent and of standard deviation 1 along the first `rank` axes. */
  function noise(count: number, width: number, rank: number, seed = 1) {
    const random = Random.stream(seed, 'noise')
    return Float32Array.from({ length: count * width }, (_, i) => (i % width < rank ? random.normal() : 0))
  }

  test.each([1, 2, 4])('is about k for noise that is alike in k = %d directions', (rank) => {
    expect(effectiveRank(noise(2000, 8, rank), 8)).toBeCloseTo(rank, 1)
  })

  test('is not lower for being estimated from few vectors', () => {
    // The eigenvalues of 128 vectors' own covariance make 32 directions look like 128 · 32 / (128 + 32) = 26.
    const ranks = Array.from({ length: 20 }, (_, i) => effectiveRank(noise(128, 64, 32, i), 64))
    const mean = ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length
    expect(mean).toBeGreaterThan(31)
    expect(mean).toBeLessThan(33)
  })

  test('is the width at most, and unknown for two vectors', () => {
    const corners = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1)
    expect(effectiveRank(corners, 3)).toBe(3)
    expect(effectiveRank(corners.subarray(0, 6), 3)).toBeNaN()
  })

  test('follows (Σλ)² / Σλ² where directions are unlike', () => {
    // Along two axes at ±3 and ±1: variances 9 and 1 as shares, hence 10² / (81 + 1). Of 4,000 vectors, that is set right
    // by less than .001.
    const cross = [3, 0, -3, 0, 0, 1, 0, -1]
    const crosses = Float32Array.from({ length: 1000 * cross.length }, (_, i) => cross[i % cross.length])
    expect(effectiveRank(crosses, 2)).toBeCloseTo(100 / 82, 2)
  })

  test('is the same for a cloud that is moved, turned and made larger', () => {
    const cloud = noise(50, 2, 2)
    const [cos, sin] = [Math.cos(0.7), Math.sin(0.7)]
    const moved = cloud.map((value, i) =>
      i % 2 === 0 ? 5 + 3 * (cos * value - sin * cloud[i + 1]) : -4 + 3 * (sin * cloud[i - 1] + cos * value),
    )
    expect(effectiveRank(moved, 2)).toBeCloseTo(effectiveRank(cloud, 2), 4)
  })
})
