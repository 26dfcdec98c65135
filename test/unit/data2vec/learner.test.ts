import { add, memory, mul, square, sum, tensor, tidy, util, type Tensor } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import type { ModalityName } from '../../../src/config/modalities.ts'
import { resolveConfig } from '../../../src/config/presets.ts'
import type { PresetName } from '../../../src/config/preset.ts'
import type { Config } from '../../../src/config/schema.ts'
import type { Batch } from '../../../src/data2vec/batch.ts'
import { inspect } from '../../../src/data2vec/inspect.ts'
import { disposeLearner, parametersOf, type Learner } from '../../../src/data2vec/learner.ts'
import { stepSettings } from '../../../src/data2vec/schedule.ts'
import { stepConstants } from '../../../src/data2vec/stepConstants.ts'
import { averageTargets } from '../../../src/data2vec/targets.ts'
import { encodeWhole } from '../../../src/data2vec/teacher.ts'
import { differentiate, guess } from '../../../src/data2vec/trainStep.ts'
import { forViews } from '../../../src/data2vec/views.ts'
import { imageModality } from '../../../src/modalities/image/modality.ts'
import { audioModality } from '../../../src/modalities/audio/modality.ts'
import { textModality } from '../../../src/modalities/text/modality.ts'
import { tinyImages, tinyPassages, trainTiny, type Tiny } from './tinyLearner.ts'

const valuesOf = (x: Tensor | undefined) => [...(x?.dataSync() ?? [])]
const constantsOf = (config: Config) => stepConstants(stepSettings(config, 0), 1, config.depth)
const everyWeight = ({ bank }: Learner) =>
  bank.weights.map(({ student, teacher }) => ({ student: valuesOf(student), teacher: valuesOf(teacher) }))

const VIEWS = { method: '2', views: 2, decoderWidth: 8, decoderGroups: 2 } as const

/** Forward passes that the presets and the reference cases use between them. */
const VARIANTS: [string, (overrides: Partial<Config>) => Tiny, Partial<Config>][] = [
  ['pre-LN, block targets, instance norm', tinyImages, {}],
  [
    'post-LN, feed-forward targets, layer norm',
    tinyImages,
    { normPlacement: 'post', targetSource: 'ffn', targetNorm: 'layer' },
  ],
  ['relative positions and layer scale', tinyImages, { positions: 'relative', layerScale: 0.5 }],
  ['both positions, no CLS token, no head', tinyImages, { positions: 'both', clsToken: false, head: 'none' }],
  [
    'smooth L1 summed over channels, shared front end',
    tinyImages,
    { beta: 0.5, lossScale: 'rsqrt', teacherScope: 'transformer' },
  ],
  ['padding, positions by convolution, normalised embeddings and two layers of a head', tinyPassages, {}],
  [
    'padding, learned positions, post-LN, a teacher of blocks only and the sum over channels',
    tinyPassages,
    { positions: 'learned', normPlacement: 'post', teacherScope: 'blocks', lossScale: 'sum' },
  ],
  ['several views, decoded over a grid, and a loss of the CLS token', tinyImages, { ...VIEWS, clsLoss: 0.1 }],
  [
    'several views of padded passages, placed by convolution and distance',
    tinyPassages,
    { ...VIEWS, alibi: true, decoderResidual: false },
  ],
]

describe.each(VARIANTS)('a step with %s', (_, tiny, overrides) => {
  test('follows the gradient: a small step down it lowers the loss by as much as it says', () => {
    const { learner, batch, config } = tiny(overrides)
    tidy(() => {
      const constants = constantsOf(config)
      const whole = averageTargets(encodeWhole(learner, batch), constants.layerWeights, config)
      const targets = forViews(whole, batch)
      const lossNow = () => tidy(() => guess(learner, batch, targets, constants.beta).loss.dataSync()[0])
      const { loss, gradients } = differentiate(learner, batch, targets, constants)
      expect(loss.dataSync()[0]).toBeCloseTo(lossNow(), 5)
      const slope = gradients.reduce((total, g) => total + sum(square(g)).dataSync()[0], 0)
      const distance = 3e-3 / Math.sqrt(slope)
      const move = (by: number) => {
        learner.bank.weights.forEach(({ student }, i) => student.assign(add(student, mul(gradients[i], by))))
      }
      move(distance)
      const above = lossNow()
      move(-2 * distance)
      const below = lossNow()
      // Central difference against |g|²; float32 and the curvature leave about 1 %.
      expect((above - below) / (2 * distance) / slope).toBeCloseTo(1, 1.5)
    })
    disposeLearner(learner)
  })

  test('learns: against a teacher that stands still, the loss of a batch falls', () => {
    const trained = tiny({ ...overrides, initStd: 0.05 })
    const settings = { ...stepSettings(trained.config, 0), lr: 1e-2, tau: 1 }
    const losses = Array.from({ length: 40 }, () => trainTiny(trained, settings).dataSync()[0])
    expect(losses[39]).toBeLessThan(0.7 * losses[0])
    disposeLearner(trained.learner)
  })
})

describe('trainStep', () => {
  test('moves the student first and then the teacher towards the new student', () => {
    const tiny = tinyImages()
    const { learner, config } = tiny
    const before = everyWeight(learner)
    const tau = 0.75
    trainTiny(tiny, { ...stepSettings(config, 0), tau }).dispose()
    everyWeight(learner).forEach(({ student, teacher }, i) => {
      teacher.forEach((t, k) => {
        expect(t).toBeCloseTo(tau * before[i].teacher[k] + (1 - tau) * student[k], 6)
      })
    })
    expect(learner.updates).toBe(1)
    disposeLearner(learner)
  })

  test('with τ = 1 the teacher stands still, with τ = 0 it is the student', () => {
    const tiny = tinyImages()
    const { learner, config } = tiny
    const before = everyWeight(learner)
    trainTiny(tiny, { ...stepSettings(config, 0), tau: 1 }).dispose()
    everyWeight(learner).forEach(({ teacher }, i) => expect(teacher).toEqual(before[i].teacher))
    trainTiny(tiny, { ...stepSettings(config, 0), tau: 0 }).dispose()
    everyWeight(learner).forEach(({ student, teacher }) => expect(teacher).toEqual(student))
    disposeLearner(learner)
  })

  test('reports health only when asked, and a distance of zero before teacher and student part', () => {
    const tiny = tinyImages()
    const { learner, config } = tiny
    const settings = { ...stepSettings(config, 0), tau: 1 }
    const [, , targetStd, predictionStd, distance] = trainTiny(tiny, settings, true).dataSync()
    expect(targetStd).toBeGreaterThan(0.5)
    expect(predictionStd).toBeGreaterThan(0)
    expect(distance).toBe(0)
    expect(trainTiny(tiny, settings).shape).toEqual([2])
    expect(trainTiny(tiny, settings, true).dataSync()[4]).toBeGreaterThan(0)
    disposeLearner(learner)
  })

  test('keeps no tensor but its metrics, and a disposed learner keeps none', () => {
    const before = memory().numTensors
    const tiny = tinyImages({ positions: 'both' })
    const { learner, config } = tiny
    const settings = stepSettings(config, 0)
    trainTiny(tiny, settings, true).dispose()
    const during = memory().numTensors
    trainTiny(tiny, settings, true).dispose()
    expect(memory().numTensors).toBe(during)
    disposeLearner(learner)
    tiny.batch.input.dispose()
    tiny.batch.mask.dispose()
    expect(memory().numTensors).toBe(before)
  })
})

describe('what the networks see', () => {
  test('the student cannot see masked tokens: changing them changes no prediction', () => {
    const { learner, batch, config } = tinyImages()
    const changed = { ...batch, input: hideMasked(batch, 5) }
    const settings = constantsOf(config)
    expect(valuesOf(inspect(learner, changed, settings).predictions)).toEqual(
      valuesOf(inspect(learner, batch, settings).predictions),
    )
    expect(valuesOf(inspect(learner, changed, settings).targets)).not.toEqual(
      valuesOf(inspect(learner, batch, settings).targets),
    )
    disposeLearner(learner)
  })

  test('a teacher of its transformer only shares the patch embedding and the CLS token', () => {
    const { learner } = tinyImages({ teacherScope: 'transformer' })
    const shared = parametersOf(imageModality, learner.config)
      .map(({ name }) => name)
      .filter((name) => !(name in learner.teacher))
    expect(shared).toEqual([
      'patch_embed.weight',
      'patch_embed.bias',
      'mask_token',
      'cls_token',
      'head.weight',
      'head.bias',
    ])
    disposeLearner(learner)
  })

  test('a teacher of its blocks only shares all the rest', () => {
    const { learner } = tinyPassages({ teacherScope: 'blocks' })
    const names = Object.keys(learner.teacher)
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name) => !name.startsWith('blocks.'))).toEqual([])
    disposeLearner(learner)
  })

  function hideMasked({ input, mask }: Batch, value: number): Batch['input'] {
    const [batch, count, features] = input.shape
    const masked = mask.dataSync()
    const values = input.dataSync().map((x, i) => (masked[Math.floor(i / features)] === 1 ? value : x))
    return tensor(values, [batch, count, features])
  }
})

describe('the presets', () => {
  const SIZES: [ModalityName, Partial<Record<PresetName, number>>][] = [
    ['image', { tiny: 27_000, small: 870_000, base: 6_400_000 }],
    ['audio', { tiny: 32_000, small: 830_000, base: 6_900_000 }],
    ['text', { tiny: 40_000, small: 260_000, base: 7_000_000 }],
  ]
  const frontEnds = { image: imageModality, audio: audioModality, text: textModality }

  test.each(SIZES)('for %s have as many weights as they say', (modality, sizes) => {
    for (const [preset, expected] of Object.entries(sizes)) {
      const config = resolveConfig(modality, preset as PresetName)
      const specs = parametersOf(frontEnds[modality], config)
      const count = specs.reduce((total, { shape }) => total + util.sizeFromShape([...shape]), 0)
      expect(Math.abs(count / expected - 1), preset).toBeLessThan(0.06)
    }
  })
})
