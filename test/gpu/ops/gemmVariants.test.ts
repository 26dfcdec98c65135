import { dispose, env } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { webgpuInUse } from '../../../src/engine/webgpu.ts'
import { runKernel, runKernels } from '../../../src/ops/kernels.ts'
import { queryKeyValue } from '../../../src/ops/queryKeyValue.ts'
import type { Gemm } from '../../../src/ops/webgpu/gemm.ts'
import { suits, VARIANTS } from '../../../src/ops/webgpu/gemmVariants.ts'
import { choose, exportChoices, settleWanted, wantedGemms } from '../../../src/ops/webgpu/tuning.ts'
import { measureWanted } from '../../../src/ops/webgpu/tuningMeasure.ts'
import { evaluate, expectClose, use } from '../../support/againstPlain.ts'
import { waveTensor } from '../../support/finiteDifferences.ts'

const shapesOf = (rows: number, width: number) => [[rows, width], [3 * width, width], [width], [width]]

/** Workgroups and tiles that the matrices do not fill; the first can be read by fours, the second cannot. */
const SHAPES = [shapesOf(68, 36), shapesOf(41, 7)]

/** Notes the three products that the operation and its gradients take, and computes nothing. */
function want([input, weight, bias]: number[][]): void {
  const [x, w, b] = [input, weight, bias].map((shape) => waveTensor(shape, 1))
  const dy = waveTensor([input[0], weight[0]], 2)
  const found = compileOnly(() => [
    ...runKernels('Linear', { input: x, weight: w, queryBias: b, valueBias: b }),
    runKernel('LinearGradInput', { dy, weight: w }),
    ...runKernels('LinearGradWeight', { dy, input: x }, { biases: 'queryAndValue' }),
  ])
  dispose([x, w, b, dy, ...found])
}

/** Notes one product. */
function wantOne(dyShape: number[], weightShape: number[]): void {
  const [dy, weight] = [waveTensor(dyShape, 1), waveTensor(weightShape, 2)]
  dispose([dy, weight, compileOnly(() => runKernel('LinearGradInput', { dy, weight }))])
}

function compileOnly<Found>(run: () => Found): Found {
  env().set('WEBGPU_ENGINE_COMPILE_ONLY', true)
  const found = run()
  env().set('WEBGPU_ENGINE_COMPILE_ONLY', false)
  return found
}

const expected: Float32Array[][] = []
let gemms: Gemm[] = []

const devices = () => {
  const gpu = webgpuInUse()
  if (gpu === undefined) throw new Error('WebGPU is not in use.')
  return gpu.capturing
}

beforeAll(async () => {
  await use('cpu')
  for (const shapes of SHAPES) expected.push(await evaluate(queryKeyValue, shapes))
  await use('webgpu')
  for (const shapes of SHAPES) want(shapes)
  gemms = wantedGemms(devices()).map(({ gemm }) => gemm)
})

test.each(Object.entries(VARIANTS))('%s gives the product and its gradients', async (name, variant) => {
  const { device } = devices()
  const able = { subgroups: device.features.has('subgroups'), barriers: true }
  const suited = gemms.filter((gemm) => suits(gemm, variant, able))
  for (const gemm of suited) choose({ device }, gemm, name)
  if (!variant.quads || able.subgroups) expect(suited.length).toBeGreaterThan(0)
  const usable = variant.vector ? SHAPES.slice(0, 1) : SHAPES.slice(1)
  for (const shapes of usable) {
    const actual = await evaluate(queryKeyValue, shapes)
    expected[SHAPES.indexOf(shapes)].forEach((values, part) =>
      expectClose(actual[part], values, `${name}, part ${part}`),
    )
  }
})

test('measuring chooses a variant for what a step wants', async () => {
  const { device } = devices()
  settleWanted({ device }) // all tests share the device, and may have left some
  wantOne([76, 132], [132, 44]) // which nothing else computes
  const wanted = wantedGemms({ device })
  expect(wanted).toHaveLength(1)
  const known = Object.keys(exportChoices(device)).length
  const progress: number[] = []
  await measureWanted(devices(), { budgetMs: Infinity, onProgress: (done) => progress.push(done) })
  const chosen = Object.values(exportChoices(device))
  expect(chosen).toHaveLength(known + 1)
  expect(chosen.every((name) => name in VARIANTS)).toBe(true)
  expect(progress.at(-1)).toBe(wanted.length)
})

test('measuring without time leaves what is wanted', async () => {
  const { device } = devices()
  want(shapesOf(76, 52))
  const before = wantedGemms({ device }).length
  await measureWanted(devices(), { budgetMs: 0 })
  expect(wantedGemms({ device })).toHaveLength(before)
})
