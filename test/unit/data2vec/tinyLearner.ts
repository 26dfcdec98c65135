import { dispose, tensor1d, tensor2d, tensor3d, type Tensor1D } from '@tensorflow/tfjs-core'
import { resolveConfig } from '../../../src/config/presets.ts'
import type { Config } from '../../../src/config/schema.ts'
import type { Batch } from '../../../src/data2vec/batch.ts'
import { createLearner, type Learner } from '../../../src/data2vec/learner.ts'
import type { StepSettings } from '../../../src/data2vec/schedule.ts'
import { stepConstants } from '../../../src/data2vec/stepConstants.ts'
import { trainStep } from '../../../src/data2vec/trainStep.ts'
import { viewOrder } from '../../../src/data2vec/viewOrder.ts'
import { imageModality } from '../../../src/modalities/image/modality.ts'
import { textModality } from '../../../src/modalities/text/modality.ts'
import { Random } from '../../../src/ops/random.ts'
import { wave } from '../../support/finiteDifferences.ts'

/** A learner that is quick to train in plain JavaScript, and a batch for it. */
export interface Tiny {
  readonly config: Config
  readonly learner: Learner
  readonly batch: Batch
}

const NETWORK = {
  width: 16,
  depth: 2,
  heads: 2,
  ffnRatio: 2,
  initStd: 0.2, // large enough for gradients that rounding does not hide
} as const

/** Three images of four patches and a CLS token. */
export function tinyImages(overrides: Partial<Config> = {}): Tiny {
  const size = { imageSize: 8, patchSize: 4, channels: 'grey', clsToken: true } as const
  const config = { ...resolveConfig('image', 'tiny'), ...NETWORK, ...size, ...overrides }
  const { tokens, input } = imageModality.layout(config)
  const batch = {
    input: tensor3d(wave(3 * input[0] * input[1], 1), [3, ...input]),
    ...(config.method === '2'
      ? tinyViews([1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 1], tokens, config)
      : { mask: tensor2d([1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0], [3, tokens]) }),
  }
  return { config, learner: createLearner(imageModality, config, Random.stream(1, 'weights')), batch }
}

/** Three passages of at most five tokens: the last two of the second and the last of the third are padding. */
export function tinyPassages(overrides: Partial<Config> = {}): Tiny {
  const config = { ...resolveConfig('text', 'tiny'), ...NETWORK, contextTokens: 5, ...overrides }
  const shape: [number, number] = [3, 5]
  const ids = [7, 40, 9, 200, 7, 256, 3, 257, 0, 0, 9, 9, 31, 7, 0]
  const batch = {
    input: tensor3d(ids, [...shape, 1]),
    valid: tensor2d([1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0], shape),
    ...(config.method === '2'
      ? tinyViews(TWO_OF_FIVE, 5, config)
      : { mask: tensor2d([1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0], shape) }),
  }
  return { config, learner: createLearner(textModality, config, Random.stream(1, 'weights')), batch }
}

/** Two views of each of three passages; padding is hidden in some. */
const TWO_OF_FIVE = [
  [1, 0, 0, 1, 0, 0, 1, 1, 0, 0],
  [1, 1, 0, 0, 0, 0, 0, 1, 1, 0],
  [0, 1, 0, 1, 0, 1, 0, 0, 0, 1],
].flat()

function tinyViews(mask: number[], tokens: number, { views: perSample, width }: Config) {
  const { seen, rank, places, visible } = viewOrder(mask, tokens)
  const count = mask.length / tokens
  const hidden = count * (tokens - visible)
  return {
    mask: tensor2d(mask, [count, tokens]),
    views: {
      perSample,
      seen: tensor1d(seen),
      rank: tensor1d(rank),
      places: tensor2d(places, [count, visible]),
      noise: tensor2d(wave(hidden * width, 5), [hidden, width]),
    },
  }
}

/** One step on the batch, and its metrics. */
export function trainTiny(
  { learner, batch, config }: Tiny,
  settings: StepSettings,
  diagnose = false,
): Tensor1D {
  const constants = stepConstants(settings, learner.updates + 1, config.depth)
  const metrics = trainStep(learner, batch, constants, diagnose)
  learner.updates += 1
  dispose({ ...constants })
  return metrics
}
