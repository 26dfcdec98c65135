import { add, div, mul, scalar, slice, tensor, tensor1d } from '@tensorflow/tfjs-core'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { resolveConfig } from '../../../src/config/presets.ts'
import type { Overrides } from '../../../src/config/preset.ts'
import type { Config } from '../../../src/config/schema.ts'
import { parametersOf, type FrontEnd } from '../../../src/data2vec/learner.ts'
import { studentLoss } from '../../../src/data2vec/loss.ts'
import { drawValues, isDecayed } from '../../../src/data2vec/parameters.ts'
import { convPositions, positionConstants } from '../../../src/data2vec/place.ts'
import { relativeIndex, sinCosPositions } from '../../../src/data2vec/positions.ts'
import { averageTargets } from '../../../src/data2vec/targets.ts'
import { audioModality } from '../../../src/modalities/audio/modality.ts'
import { imageModality } from '../../../src/modalities/image/modality.ts'
import { textModality } from '../../../src/modalities/text/modality.ts'
import { adamwEma, packUpdate } from '../../../src/ops/adamwEma.ts'
import { createBank, gatherGradients } from '../../../src/ops/bank.ts'
import { conv1d } from '../../../src/ops/conv1d.ts'
import { gelu } from '../../../src/ops/gelu.ts'
import { clipFactor, globalNorm } from '../../../src/ops/globalNorm.ts'
import { maskedStd } from '../../../src/ops/maskedStd.ts'
import { layerNorm } from '../../../src/ops/norm.ts'
import type { ParameterSpec } from '../../../src/ops/parameters.ts'
import { Random } from '../../../src/ops/random.ts'
import { waveTensor } from '../../support/finiteDifferences.ts'
import { CASE_NAMES, readCase } from '../../parity/cases.ts'
import { tensorOf } from '../../parity/golden.ts'

interface OptimizerRun {
  readonly lr: number
  readonly betas: [number, number]
  readonly eps: number
  readonly weight_decay: number
  readonly p0: number[]
  readonly grads: number[][]
  readonly torch_AdamW: number[][]
  readonly clip: { max_norm: number; in: unknown[]; total_norm: number; out: unknown[] }
}

const GOLDEN = 'test/parity/golden'
const { optimizers } = JSON.parse(readFileSync(`${GOLDEN}/schedules.json`, 'utf8')) as {
  optimizers: OptimizerRun[]
}

describe.each(optimizers)('AdamW at lr $lr', (run) => {
  test('follows torch.optim.AdamW for eight updates', () => {
    const student = Float32Array.from(run.p0)
    const bank = createBank([{ shape: [student.length], student, teacher: undefined, decayed: true }])
    const { lr, weight_decay: weightDecay, eps: epsilon } = run
    const [beta1, beta2] = run.betas
    run.grads.forEach((gradient, i) => {
      const settings = { lr, weightDecay, beta1, beta2, epsilon, update: i + 1, tau: 1, clipNorm: 0 }
      const gradients = gatherGradients(bank, [tensor(gradient)])
      adamwEma(bank, gradients, globalNorm(bank, gradients), tensor1d(packUpdate(settings)))
      const actual = bank.weights[0].student.dataSync()
      // Float32 against the reference's float64; the values are below 1.
      run.torch_AdamW[i].forEach((expected, k) => expect(actual[k]).toBeCloseTo(expected, 5))
    })
  })

  test('clips as torch does', () => {
    const gradients = run.clip.in.map((values) => tensor(values as number[]))
    const norm = globalNorm({ weights: [], flat: undefined }, { each: gradients, flat: undefined })
    expect(norm.dataSync()[0]).toBeCloseTo(run.clip.total_norm, 5)
    const factor = clipFactor(norm, scalar(run.clip.max_norm))
    gradients.forEach((gradient, i) => {
      const expected = tensor(run.clip.out[i] as number[]).dataSync()
      const clipped = mul(gradient, factor).dataSync()
      expected.forEach((value, k) => expect(clipped[k]).toBeCloseTo(value, 5))
    })
  })
})

describe('weight decay', () => {
  test.each(CASE_NAMES)('pulls at the same parameters as the reference in %s', (name) => {
    const golden = readCase(GOLDEN, name)
    const { decayed_params, params_without_grad, params_with_mathematically_zero_grad } = golden.sidecar
    const decayed = parametersOf(golden.frontEnd, golden.config)
      .filter((spec) => isDecayed(spec, golden.config))
      .flatMap((spec) => golden.names.student(spec.name).map(({ name }) => name))
    // The head that fairseq's vision model never uses and the biases that softmax cancels are no parameters here.
    const absent = [...params_without_grad, ...params_with_mathematically_zero_grad]
    const expected = decayed_params.filter((parameter) => !absent.includes(parameter))
    expect([...new Set(decayed)].sort()).toEqual([...expected].sort())
  })

  test('of matrices only spares what BEiT spares: biases, norms, and vectors for places', () => {
    const spared = (modality: FrontEnd, config: Config) =>
      parametersOf(modality, config)
        .filter((spec) => !isDecayed(spec, { ...config, decayScope: 'matrices' }))
        .map(({ name }) => name)
        .filter((name) => !/^blocks\.|bias$|norm\.weight$/.test(name))
    expect(
      spared(textModality, resolveConfig('text', 'small', { method: '1', positions: 'learned' })),
    ).toEqual(['positions.weight'])
    expect(spared(audioModality, resolveConfig('audio', 'base'))).toEqual([])
    expect(spared(imageModality, resolveConfig('image', 'base'))).toEqual(['cls_token'])
  })
})

describe('the start', () => {
  const stdOf = (name: string, overrides: Overrides = {}) => {
    const specs = parametersOf(imageModality, resolveConfig('image', 'small', overrides))
    const init = specs.find((spec) => spec.name === name)?.init
    return init?.kind === 'normal' ? init.std : undefined
  }

  test('is the same for every block, or smaller the deeper a block writes', () => {
    expect(stdOf('blocks.3.ffn.fc2.weight')).toBe(0.02)
    const scaledInit = true
    expect(stdOf('blocks.0.attention.output.weight', { scaledInit })).toBeCloseTo(0.02 / Math.sqrt(2), 12)
    expect(stdOf('blocks.3.ffn.fc2.weight', { scaledInit })).toBeCloseTo(0.02 / Math.sqrt(8), 12)
    expect(stdOf('blocks.3.ffn.fc1.weight', { scaledInit })).toBe(0.02)
  })

  test('of a uniform parameter fills its range evenly', () => {
    const spec: ParameterSpec = { name: 'any', shape: [50, 40], init: { kind: 'uniform', bound: 0.5 } }
    const values = drawValues(spec, Random.stream(1, 'weights'))
    const mean = values.reduce((total, x) => total + x, 0) / values.length
    const variance = values.reduce((total, x) => total + x ** 2, 0) / values.length
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.5)
    // Of 2,000 draws: standard errors of .0065 and .0017.
    expect(Math.abs(mean)).toBeLessThan(0.02)
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.006)
  })
})

describe('positions', () => {
  test('the relative index is the reference’s, CLS token included', () => {
    const golden = tensorOf(readCase(GOLDEN, 'vision_beit'), 'buffer/rel_pos_bias.relative_position_index')
    expect([...relativeIndex([4, 4], true)]).toEqual([...golden.values])
  })

  test('without a CLS token the rest of the index stays the same', () => {
    const withCls = relativeIndex([2, 3], true)
    const inner = Array.from({ length: 36 }, (_, i) => withCls[(Math.floor(i / 6) + 1) * 7 + (i % 6) + 1])
    expect([...relativeIndex([2, 3], false)]).toEqual(inner)
  })

  test('sines and cosines encode the column first, then the row', () => {
    const width = 8
    const table = sinCosPositions([2, 3], width)
    const [row, column] = [1, 2]
    const angles = [1, 0.01]
    const expected = [column, row].flatMap((place) => [
      ...angles.map((angle) => Math.sin(place * angle)),
      ...angles.map((angle) => Math.cos(place * angle)),
    ])
    expected.forEach((value, i) => expect(table[(row * 3 + column) * width + i]).toBeCloseTo(value, 6))
  })

  test('on a single row all channels encode the column', () => {
    const width = 8
    const [columns, column] = [3, 2]
    const table = sinCosPositions([1, columns], width)
    const angles = [1, 0.1, 0.01, 0.001].map((frequency) => column * frequency)
    const expected = [...angles.map(Math.sin), ...angles.map(Math.cos)]
    expected.forEach((value, i) => expect(table[column * width + i]).toBeCloseTo(value, 6))
  })

  test('may be quieter than they come', () => {
    const config = resolveConfig('audio', 'tiny', { positionScale: 0.25 })
    const scaled = positionConstants(config, [1, 6]).sinCos?.dataSync()
    const plain = sinCosPositions([1, 6], config.width)
    plain.forEach((value, i) => expect(scaled?.[i]).toBeCloseTo(0.25 * value, 6))
  })

  test('by convolution pad as the reference does, and drop the last output of an even kernel', () => {
    const layer = { positionLayers: 1, positionKernel: 4, positionGroups: 2, width: 16 }
    const config = resolveConfig('text', 'tiny', layer)
    const tokens = waveTensor([2, 5, 16], 1)
    const weights = {
      'position_conv.0.weight': waveTensor([16, 8, 4], 2),
      'position_conv.0.bias': waveTensor([16], 3),
    }
    const bias = weights['position_conv.0.bias']
    const wide = conv1d(tokens, weights['position_conv.0.weight'], { bias, groups: 2, padding: [2, 2] })
    const expected = gelu(layerNorm(slice(wide, [0, 0, 0], [2, 5, 16]), config.normEpsilon)).dataSync()
    const actual = convPositions(tokens, weights, config).dataSync()
    expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 6))
  })
})

describe('targets', () => {
  const config = resolveConfig('image', 'small', {
    clsToken: true,
    targetNorm: 'none',
    targetFinalNorm: 'none',
  })
  /** How much each of three layers counts if the last `count` are averaged. */
  const last = (count: number) => tensor1d([1, 2, 3].map((layer) => (layer > 3 - count ? 1 / count : 0)))
  const layers = [1, 2, 3].map((seed) => waveTensor([2, 5, 4], seed))
  const encoded = { input: layers[0], blocks: layers, ffns: [...layers].reverse(), output: layers[2] }

  test('are the mean of the last K blocks, without the CLS token', () => {
    const expected = slice(div(add(layers[1], layers[2]), 2), [0, 1, 0]).dataSync()
    const actual = averageTargets(encoded, last(2), config).dataSync()
    expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 6))
  })

  test('or of the feed-forward outputs', () => {
    const actual = averageTargets(encoded, last(1), { ...config, targetSource: 'ffn' }).dataSync()
    expect([...actual]).toEqual([...slice(layers[0], [0, 1, 0]).dataSync()])
  })

  test('do not depend on the scale of a layer once it is normalised', () => {
    for (const targetNorm of ['instance', 'layer'] as const) {
      const louder = { ...encoded, blocks: [layers[0], mul(layers[1], 50), layers[2]] }
      const quiet = averageTargets(encoded, last(2), { ...config, targetNorm }).dataSync()
      const loud = averageTargets(louder, last(2), { ...config, targetNorm }).dataSync()
      quiet.forEach((value, i) => expect(loud[i]).toBeCloseTo(value, 2)) // up to ε of the norm
    }
  })
})

describe('the loss', () => {
  test('is the mean over masked tokens and channels, or that times √D or D', () => {
    const prediction = tensor([1, 1, 2, 2, 9, 9], [1, 3, 2])
    const target = tensor([0, 0, 0, 0, 0, 0], [1, 3, 2])
    const mask = tensor([1, 1, 0], [1, 3])
    const scaled = (lossScale: Config['lossScale']) =>
      studentLoss(prediction, target, mask, scalar(0), { lossScale, width: 2 }).dataSync()[0]
    expect(scaled('mean')).toBeCloseTo(2.5, 6)
    expect(scaled('rsqrt')).toBeCloseTo(2.5 * Math.SQRT2, 5)
    expect(scaled('sum')).toBeCloseTo(5, 5)
  })
})

describe('the spread of representations', () => {
  test('ignores what is not masked', () => {
    const values = tensor([1, 5, 3, 5, 100, -100], [1, 3, 2])
    // Channel 0 has 1 and 3: variance 2; channel 1 has 5 and 5: variance 0.
    const expected = (Math.sqrt(2 + 1e-6) + Math.sqrt(1e-6)) / 2
    expect(maskedStd(values, tensor([1, 1, 0], [1, 3])).dataSync()[0]).toBeCloseTo(expected, 5)
  })
})
