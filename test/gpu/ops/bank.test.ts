import { dispose, fill, scalar, tensor, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { chooseBackend } from '../../../src/engine/backend.ts'
import { adamwEma, packUpdate, type UpdateSettings } from '../../../src/ops/adamwEma.ts'
import { createBank, disposeBank, gatherGradients, type Bank } from '../../../src/ops/bank.ts'
import { globalNorm, relativeDistance } from '../../../src/ops/globalNorm.ts'
import { wave } from '../../support/finiteDifferences.ts'

/** Around the 64 numbers that weights are laid out by, and more than one workgroup. */
const SIZES = [1, 3, 17, 63, 64, 65, 257, 4099]

/** Of the largest value; float32 sums in another order leave less than a tenth of it. */
const TOLERANCE = 1e-5

const SETTINGS: Omit<UpdateSettings, 'update'> = {
  lr: 0.01,
  weightDecay: 0.1,
  beta1: 0.9,
  beta2: 0.98,
  epsilon: 1e-6,
  tau: 0.75,
  clipNorm: 0.5,
}

/** Every other weight is decayed and every third has no teacher of its own. */
function bankOf(sizes: readonly number[]): Bank {
  return createBank(
    sizes.map((n, i) => ({
      shape: [n],
      student: wave(n, i),
      teacher: i % 3 === 2 ? undefined : wave(n, i + 50),
      decayed: i % 2 === 0,
    })),
  )
}

const gradientsOf = (bank: Bank, seed: number) =>
  gatherGradients(
    bank,
    bank.weights.map(({ student }, i) => tensor(wave(student.size, seed + i))),
  )

async function read(tensors: Tensor[]): Promise<number[][]> {
  return Promise.all(tensors.map(async (x) => Array.from(await x.data())))
}

function tensorsOf({ weights }: Bank): Tensor[] {
  return weights.flatMap(({ student, mean, variance, teacher }) => [
    student,
    mean,
    variance,
    ...(teacher ? [teacher] : []),
  ])
}

/** The same on the CPU and on the GPU. */
async function onBoth(work: () => Promise<number[][]>): Promise<[plain: number[][], fused: number[][]]> {
  await chooseBackend('cpu', () => undefined)
  const plain = await work()
  await chooseBackend('webgpu', () => undefined)
  return [plain, await work()]
}

function expectClose(actual: number[][], expected: number[][]): void {
  expected.forEach((values, i) => {
    const largest = Math.max(...values.map(Math.abs))
    const worst = Math.max(...values.map((x, k) => Math.abs(actual[i][k] - x)))
    expect(worst, `tensor ${i}`).toBeLessThanOrEqual(TOLERANCE * largest)
  })
}

describe('a bank on the GPU', () => {
  beforeEach(async () => {
    await chooseBackend('webgpu', () => undefined)
  })

  test('is updated as weights that lie apart are, update after update', async () => {
    const [plain, fused] = await onBoth(async () => {
      const bank = bankOf(SIZES)
      for (const update of [1, 2, 3])
        tidy(() => {
          const gradients = gradientsOf(bank, 10 * update)
          const settings = tensor1d(packUpdate({ ...SETTINGS, update }))
          adamwEma(bank, gradients, globalNorm(bank, gradients), settings)
        })
      const values = await read(tensorsOf(bank))
      disposeBank(bank)
      return values
    })
    expectClose(fused, plain)
  })

  test('lets a clip of 0 through whatever the norm', async () => {
    const [plain, fused] = await onBoth(async () => {
      const bank = bankOf([5])
      const settings = tensor1d(packUpdate({ ...SETTINGS, update: 1, clipNorm: 0 }))
      adamwEma(bank, gradientsOf(bank, 1), scalar(1e6), settings)
      return read(tensorsOf(bank))
    })
    expectClose(fused, plain)
  })

  test.each([NaN, Infinity])('is left as it is by gradients whose norm is %d', async (norm) => {
    await onBoth(async () => {
      const bank = bankOf([5, 70])
      const before = await read(tensorsOf(bank))
      const gradients = gatherGradients(bank, [tensor(new Float32Array(5)), fill([70], norm)])
      const settings = tensor1d(packUpdate({ ...SETTINGS, update: 1 }))
      adamwEma(bank, gradients, globalNorm(bank, gradients), settings)
      expect(await read(tensorsOf(bank))).toEqual(before)
      return []
    })
  })

  test('measures its gradients, and how far teacher and student are apart, whatever lies between weights', async () => {
    const [plain, fused] = await onBoth(async () => {
      const bank = bankOf(SIZES)
      return read([globalNorm(bank, gradientsOf(bank, 1)), relativeDistance(bank)])
    })
    expectClose(fused, plain)
  })

  test('is seen by reads before and after an update', async () => {
    const bank = bankOf([5, 70])
    const [, before] = await read(bank.weights.map(({ student }) => student))
    const gradients = gatherGradients(bank, [
      tensor(new Float32Array(5)),
      tensor(new Float32Array(70).fill(1)),
    ])
    const settings = tensor1d(packUpdate({ ...SETTINGS, update: 1 }))
    adamwEma(bank, gradients, scalar(1), settings)
    const [, after] = await read(bank.weights.map(({ student }) => student))
    after.forEach((value, i) => expect(value).toBeLessThan(before[i]))
    dispose([settings])
  })
})
