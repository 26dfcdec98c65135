import { tensor, type Tensor } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { pool } from '../../../src/probes/pool.ts'

/** Tokens of two channels come out of their norm as 1 and −1, or −1 and 1. */
function tokens(...firsts: number[][]): Tensor {
  return tensor(
    firsts.map((sample) => sample.map((first) => [5 + 100 * first, 5 - 100 * first])),
    [firsts.length, firsts[0].length, 2],
  )
}

function rounded(x: Tensor): number[] {
  return Array.from(x.dataSync(), (value) => Math.round(value * 100) / 100)
}

describe('pool', () => {
  const grid = [2, 2] as const

  test('takes the mean of tokens that are all as long', () => {
    expect(rounded(pool(tokens([1, 3, -1, 9]), { grid, valid: undefined }, 'mean'))).toEqual([0.5, -0.5])
  })

  test('leaves out padding', () => {
    const valid = tensor([[1, 1, 0, 0]])
    expect(rounded(pool(tokens([1, -1, 1, 1]), { grid: [1, 4], valid }, 'mean'))).toEqual([0, 0])
  })

  test('adds the spread over tokens', () => {
    const pooled = pool(tokens([1, -1, 1, -1], [1, 1, 1, 1]), { grid, valid: undefined }, 'meanStd')
    expect(rounded(pooled)).toEqual([0, 0, 1, 1, 1, -1, 0, 0])
  })

  test('takes quarters of a picture and halves of a sequence', () => {
    const places = { grid: [2, 2], valid: undefined } as const
    expect(rounded(pool(tokens([1, -1, -1, 1]), places, 'parts'))).toEqual([1, -1, -1, 1, -1, 1, 1, -1])
    const halves = { grid: [1, 4], valid: undefined } as const
    expect(rounded(pool(tokens([1, 1, -1, -1]), halves, 'parts'))).toEqual([1, -1, -1, 1])
  })
})
