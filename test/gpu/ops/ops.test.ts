import { backend, cast, dispose, env, fill, tensor } from '@tensorflow/tfjs-core'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { beforeAll, describe, expect, test } from 'vitest'
import { conv1d } from '../../../src/ops/conv1d.ts'
import { embedding } from '../../../src/ops/embedding.ts'
import { gelu } from '../../../src/ops/gelu.ts'
import { setTeams, worksInTeams } from '../../../src/ops/webgpu/teams.ts'
import { evaluate, expectAsPlain, use, type Case } from '../../support/againstPlain.ts'
import { CASES, idsBelow } from './cases.ts'

beforeAll(async () => {
  await import('@tensorflow/tfjs-backend-webgl')
  env().set('SOFTWARE_WEBGL_ENABLED', true) // tfjs declines WebGL without a GPU, which is all that CI has
  await use('cpu')
})

describe.each(['webgpu', 'webgl', 'wasm'] as const)('on %s', (backend) => {
  test.each(Object.entries(CASES))('%s equals that of plain JavaScript', (name, each) =>
    expectAsPlain(name, each, backend),
  )
})

/** Kernels are written otherwise where barriers and reading are dear. */
describe.each([true, false])('on an adapter whose workgroups work together: %s', (together) => {
  const WRITTEN_TWICE = [
    'layerNorm',
    'layerNorm without gain and bias',
    'attention',
    'attention with a bias for each sample',
    'attention to valid tokens',
    'attention to valid tokens with a bias',
    'maskTokens',
    'maskedSmoothL1 with β = 0.5',
    'placeTokens with positions and a CLS token',
    'conv1d in groups',
    'conv1d with a stride',
    'averageLayers under layer norm',
    'maskedStd',
  ]
  const cases = WRITTEN_TWICE.map((name): [string, Case] => [name, CASES[name]])

  test.each(cases)('%s equals that of plain JavaScript', async (name, each) => {
    await use('webgpu')
    const { device } = backend() as unknown as WebGPUBackend
    const before = worksInTeams(device)
    setTeams(device, together)
    try {
      await expectAsPlain(name, each)
    } finally {
      setTeams(device, before)
    }
  })
})

describe('the fused kernels', () => {
  test('reach every element where workgroups do not fit along one axis', async () => {
    const length = 65_536 * 64 + 1
    await use('webgpu')
    const x = fill([length], 1)
    const y = gelu(x)
    const values = await y.data()
    dispose([x, y])
    expect(values.every((value) => value === values[0])).toBe(true)
    expect(values[0]).toBeCloseTo(0.8413447, 5)
  })

  test('give the same bits each time', async () => {
    await use('webgpu')
    const gradients = () =>
      Promise.all([
        evaluate(
          (x, weight) => conv1d(x, weight, { groups: 2, padding: [9, 9] }),
          [
            [8, 50, 32],
            [32, 16, 19],
          ],
        ),
        evaluate((table) => embedding(idsBelow(table.shape[0], 7), table), [[9, 64]]),
      ])
    expect(await gradients()).toEqual(await gradients())
  })

  test('refuse integers that only pass for floats', async () => {
    await use('webgpu')
    const whole = cast(tensor([1, 2], [2], 'int32'), 'float32')
    expect(() => gelu(whole)).toThrow('stored as int32')
  })
})
