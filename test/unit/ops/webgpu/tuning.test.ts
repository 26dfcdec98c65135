import { env } from '@tensorflow/tfjs-core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { transposed, type Gemm, type Matrix } from '../../../../src/ops/webgpu/gemm.ts'
import { likelyVariant, suits, VARIANTS } from '../../../../src/ops/webgpu/gemmVariants.ts'
import { avoidQuads } from '../../../../src/ops/webgpu/quads.ts'
import { setTeams } from '../../../../src/ops/webgpu/teams.ts'
import {
  awaitsMeasurement,
  choose,
  exportChoices,
  importChoices,
  settleWanted,
  variantFor,
  wantedGemms,
} from '../../../../src/ops/webgpu/tuning.ts'

const COMPILE_ONLY = 'WEBGPU_ENGINE_COMPILE_ONLY'

const inRows = (rows: number, columns: number): Matrix => ({
  rows,
  columns,
  rowStep: columns,
  columnStep: 1,
})

/** A layer's output, `[rows, outputs]`. */
function layer(rows: number, inputs: number, outputs: number): Gemm {
  return {
    label: 'Linear bias',
    a: inRows(rows, inputs),
    b: transposed(inRows(outputs, inputs)),
    epilogue: { inputs: ['bias'], outputs: ['output'], store: 'output[at] = sum + bias[column];' },
  }
}

/** The gradient in a layer's weight, `[outputs, inputs]`. */
function weightGradient(rows: number, inputs: number, outputs: number): Gemm {
  const epilogue = { inputs: [], outputs: ['dweight'], store: 'dweight[at] = sum;' }
  return {
    label: 'LinearGradWeight',
    a: transposed(inRows(rows, outputs)),
    b: inRows(rows, inputs),
    epilogue,
  }
}

const fakeDevice = () => ({ features: new Set() }) as unknown as GPUDevice

beforeAll(() => {
  env().registerFlag(COMPILE_ONLY, () => false)
})

beforeEach(() => env().set(COMPILE_ONLY, false))

describe('a variant', () => {
  const able = { subgroups: true, barriers: true }

  test('reads by fours exactly where rows are whole fours', () => {
    expect(suits(layer(64, 32, 32), VARIANTS['4x4 of fours'], able)).toBe(true)
    expect(suits(layer(64, 33, 32), VARIANTS['4x4 of fours'], able)).toBe(false)
    expect(suits(layer(64, 32, 33), VARIANTS['4x4 of fours'], able)).toBe(false)
    expect(suits(layer(65, 32, 32), VARIANTS['4x4 of fours'], able)).toBe(true)
    expect(suits(layer(64, 33, 32), VARIANTS['4x4'], able)).toBe(true)
  })

  test('needs what the device lacks in no case', () => {
    const gemm = layer(1040, 128, 512)
    expect(suits(gemm, VARIANTS['16x4 in quads'], { subgroups: false, barriers: true })).toBe(false)
    expect(suits(gemm, VARIANTS['shared 64x64'], { subgroups: true, barriers: false })).toBe(false)
    expect(suits(gemm, VARIANTS['4x4 of fours by 16'], { subgroups: true, barriers: false })).toBe(false)
  })

  test('that is likely to do well suits every product on every device', () => {
    for (const rows of [1, 4, 17, 68, 1040])
      for (const inputs of [1, 4, 33, 128])
        for (const outputs of [1, 3, 32, 512])
          for (const gemm of [layer(rows, inputs, outputs), weightGradient(rows, inputs, outputs)])
            for (const subgroups of [false, true])
              for (const barriers of [false, true]) {
                const { vector, quads, split, shared } =
                  VARIANTS[likelyVariant(gemm, { subgroups, barriers })]
                if (vector) expect([inputs % 4, outputs % 4]).toEqual([0, 0])
                expect(quads && !subgroups).toBe(false)
                expect((split > 1 || shared > 0) && !barriers).toBe(false)
              }
  })

  test('with threads that share a long depth is taken for a small gradient', () => {
    expect(VARIANTS[likelyVariant(weightGradient(4096, 64, 64), able)].split).toBeGreaterThan(1)
  })

  test('of a workgroup that fits the memory all devices share', () => {
    for (const { tileRows, tileColumns, down, across, split, shared } of Object.values(VARIANTS)) {
      const threads = down * across * split
      const partials = split > 1 ? (threads / 2) * tileRows * tileColumns : 0
      const tiles = shared * (down * tileRows + across * tileColumns)
      const rowSums = split > 1 || shared > 0 ? threads : 0
      expect(threads).toBeLessThanOrEqual(256)
      expect(4 * (partials + tiles + rowSums)).toBeLessThanOrEqual(16384)
    }
  })
})

describe('choices', () => {
  test('hold for the product that was measured, and for others of its kind that are about as large', () => {
    const device = fakeDevice()
    const gemm = layer(1040, 128, 512)
    choose({ device }, gemm, '8x8 of fours')
    expect(variantFor({ device }, gemm)).toBe('8x8 of fours')
    expect(variantFor({ device }, layer(1040, 128, 384))).toBe('8x8 of fours')
    expect(variantFor({ device }, layer(64, 32, 32))).not.toBe('8x8 of fours')
    expect(variantFor({ device }, weightGradient(1040, 128, 512))).not.toBe('8x8 of fours')
  })

  test('are not for devices on which barriers are dear, unless measured there', () => {
    const device = fakeDevice()
    setTeams(device, false)
    choose({ device }, layer(1040, 128, 512), 'shared 64x64')
    expect(variantFor({ device }, layer(1040, 128, 384))).not.toBe('shared 64x64')
    expect(variantFor({ device }, layer(1040, 128, 512))).toBe('shared 64x64')
  })

  test('take no quads where neighbouring threads are none', () => {
    const device = { features: new Set(['subgroups']) } as unknown as GPUDevice
    setTeams(device, false)
    expect(variantFor({ device }, layer(1040, 128, 512))).toContain('quads')
    avoidQuads(device)
    expect(variantFor({ device }, layer(1040, 128, 512))).not.toContain('quads')
  })

  test('are of one device', () => {
    const gemm = layer(1040, 128, 512)
    choose({ device: fakeDevice() }, gemm, '8x8 of fours')
    expect(variantFor({ device: fakeDevice() }, gemm)).toBe(
      likelyVariant(gemm, { subgroups: false, barriers: true }),
    )
  })

  test('are remembered, and whatever else was stored in their place is left alone', () => {
    const [first, second] = [fakeDevice(), fakeDevice()]
    const gemm = layer(1040, 128, 512)
    choose({ device: first }, gemm, '8x8 of fours')
    const stored: unknown = JSON.parse(JSON.stringify(exportChoices(first)))
    for (const garbage of [null, 7, 'x', [1], { a: 1, b: 'unheard of', c: 'toString', 'x|y': '4x4' }])
      expect(() => importChoices(second, garbage)).not.toThrow()
    importChoices(second, stored)
    expect(variantFor({ device: second }, gemm)).toBe('8x8 of fours')
    expect(variantFor({ device: second }, layer(1040, 128, 384))).toBe('8x8 of fours')
  })

  test('that need what the device lost are not used', () => {
    const device = fakeDevice()
    const gemm = layer(1040, 128, 512)
    choose({ device }, gemm, '16x4 in quads')
    expect(variantFor({ device }, gemm)).not.toBe('16x4 in quads')
  })
})

describe('while a step is only compiled', () => {
  const tensors = { a: { dataId: {}, shape: [4, 8], dtype: 'float32' as const } }

  test('products are noted, the most expensive of each kind first, until they are measured', () => {
    const device = fakeDevice()
    env().set(COMPILE_ONLY, true)
    const [small, large, gradient] = [layer(64, 32, 32), layer(64, 32, 64), weightGradient(64, 16, 32)]
    for (const gemm of [small, large, gradient])
      expect(awaitsMeasurement({ device }, gemm, tensors)).toBe(true)
    expect(wantedGemms({ device }).map(({ gemm }) => gemm)).toEqual([large, gradient, small])
    expect(wantedGemms({ device })[0].sizes).toEqual({ a: 32 })
    choose({ device }, large, '4x4 of fours')
    expect(awaitsMeasurement({ device }, large, tensors)).toBe(false)
    expect(wantedGemms({ device }).map(({ gemm }) => gemm)).toEqual([small, gradient])
  })

  test('what a step computes most often costs most', () => {
    const device = fakeDevice()
    env().set(COMPILE_ONLY, true)
    const [often, once] = [layer(64, 32, 32), layer(64, 32, 64)]
    for (const gemm of [once, often, often, often]) awaitsMeasurement({ device }, gemm, tensors)
    expect(wantedGemms({ device }).map(({ gemm }) => gemm)).toEqual([often, once])
  })

  test('what there was no time for keeps its variant, at another visit, too, so that a run that goes on gives the same bits', () => {
    const device = fakeDevice()
    env().set(COMPILE_ONLY, true)
    const [measured, left] = [layer(1040, 128, 512), layer(1040, 128, 384)]
    awaitsMeasurement({ device }, left, tensors)
    settleWanted({ device })
    const before = variantFor({ device }, left)
    choose({ device }, measured, '8x8 of fours')
    expect(awaitsMeasurement({ device }, left, tensors)).toBe(false)
    expect(variantFor({ device }, left)).toBe(before)
    const later = fakeDevice()
    importChoices(later, exportChoices(device))
    expect(awaitsMeasurement({ device: later }, left, tensors)).toBe(false)
    expect(variantFor({ device: later }, left)).toBe(before)
  })

  test('nothing is noted while a step runs', () => {
    const device = fakeDevice()
    expect(awaitsMeasurement({ device }, layer(64, 32, 32), tensors)).toBe(false)
    expect(wantedGemms({ device })).toEqual([])
  })
})
