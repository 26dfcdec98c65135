import { describe, expect, test } from 'vitest'
import { MODALITY_NAMES } from '../../../src/config/modalities.ts'
import type { RunState } from '../../../src/engine/run.ts'
import '../../support/cpuBackend.ts'
import { expectToGoOn } from '../../support/goesOn.ts'
import { noiseRun } from '../../support/noiseSteps.ts'

test.each(MODALITY_NAMES)('a run of %s goes on where another was, bit for bit', (name) => expectToGoOn(name))

test.each(MODALITY_NAMES)('so does one of several views of %s, which draws noise, too', (name) =>
  expectToGoOn(name, { method: '2', views: 2, decoderWidth: 16, decoderGroups: 4 }),
)

test('what is turned before the next step of a run that goes on is told with it', async () => {
  const before = await noiseRun('image')
  before.advance(false)
  const after = await noiseRun('image', {}, await before.readState())
  const { beta } = after.config
  after.apply({ ...after.config, beta: beta + 1 })
  after.advance(false)
  expect(await after.metrics.read(0)).toMatchObject([
    { step: 2, turned: [{ name: 'beta', from: beta, to: beta + 1 }] },
  ])
  before.dispose()
  after.dispose()
})

describe('a state that is not of such a run is refused by name', () => {
  const LEAST = { width: 16, heads: 2, depth: 1, targetLayers: 1, batchSize: 2 } as const

  async function stateOf(): Promise<RunState> {
    const run = await noiseRun('image', LEAST)
    const state = await run.readState()
    run.dispose()
    return state
  }

  const goOn = (state: RunState, overrides = {}) => noiseRun('image', { ...LEAST, ...overrides }, state)

  test('of another size', async () => {
    await expect(goOn(await stateOf(), { width: 8 })).rejects.toThrow(
      /has the student’s patch.* as 16 × \d+ instead of 8 × \d+/,
    )
  })

  test('without a parameter', async () => {
    const { learner, sampler } = await stateOf()
    const { 'norm.bias': missing, ...rest } = learner.mean
    expect(missing).toBeDefined()
    await expect(goOn({ sampler, learner: { ...learner, mean: rest } })).rejects.toThrow(
      'lacks the mean of norm.bias',
    )
  })

  test('of other samples', async () => {
    const { learner, sampler } = await stateOf()
    const other = { ...sampler, order: sampler.order.slice(1) }
    await expect(goOn({ learner, sampler: other })).rejects.toThrow('of 19 samples, and here are 20')
  })
})
