import { describe, expect, test } from 'vitest'
import { readRunFile, writeRunFile, type SavedRun } from '../../../src/checkpoint/runFile.ts'
import '../../support/cpuBackend.ts'
import { noiseRun } from '../../support/noiseSteps.ts'

const LEAST = { width: 16, heads: 2, depth: 1, targetLayers: 1, batchSize: 2 } as const

async function saved(): Promise<SavedRun> {
  const run = await noiseRun('image', LEAST)
  run.advance(false)
  const state = await run.readState()
  run.dispose()
  return { state, notes: { preset: 'tiny' } }
}

test('a run that was written is read again', async () => {
  const run = await saved()
  expect(readRunFile(writeRunFile(run))).toEqual(run)
})

describe('a file is refused', () => {
  test('that lacks what a run has', async () => {
    const { state } = await saved()
    const bytes = writeRunFile({ state, notes: {} })
    const name = new TextEncoder().encode('sampler.masks')
    const at = bytes.findIndex((_, i) => name.every((letter, j) => bytes[i + j] === letter))
    bytes[at] = 'S'.charCodeAt(0)
    expect(() => readRunFile(bytes)).toThrow('it lacks sampler.masks')
  })

  test.each([
    ['two of one sample', (order: Uint32Array) => order.fill(0, 0, 2)],
    ['a sample that is not there', (order: Uint32Array) => order.fill(99, 0, 1)],
  ])('whose order has %s', async (_, spoil) => {
    const { state } = await saved()
    spoil(state.sampler.order)
    expect(() => readRunFile(writeRunFile({ state, notes: {} }))).toThrow('each sample once')
  })
})
