import { MODALITIES, type ModalityName } from './modalities.ts'
import { MOST_BYTES } from './mostBytes.ts'
import type { Config } from './schema.ts'

const MOST_SAMPLES = 64

/** What a block makes of a token beside its hidden layer, in widths: two norms, q, k and v, and what attention and both sums give. */
const WIDTHS = 8

/** What the feature encoder makes, in outputs of its first layer: each layer has its norm and its activation, too, and the next is about half as large. */
const ENCODER_LAYERS = 6

/**
 * How many samples go at a time through a network that learns nothing from them. All that its layers make of them is there
 * at once, and takes no more than the largest tensor of a step may.
 */
export function surveyBatch(modality: ModalityName, config: Config): number {
  const { encoderSize, tokens: count } = MODALITIES[modality]
  const { depth, heads, width, ffnRatio, clsToken } = config
  const tokens = count(config) + (clsToken ? 1 : 0)
  const ofToken = depth * (width * (WIDTHS + ffnRatio) + heads * tokens)
  const bytes = 4 * (tokens * ofToken + ENCODER_LAYERS * encoderSize(config))
  return Math.max(1, Math.min(MOST_SAMPLES, Math.floor(MOST_BYTES / bytes)))
}
