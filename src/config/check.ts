import type { Expect } from './about.ts'
import { divisors } from './divisors.ts'
import { MODALITIES, type ModalityName } from './modalities.ts'
import { MOST_BYTES } from './mostBytes.ts'
import { viewsOf } from './views.ts'
import { FIELDS, type Config, type FieldName } from './schema.ts'

/** What is wrong with a setting: a sentence that names it and the way out. */
export interface Problem {
  readonly field: FieldName
  readonly message: string
}

/** Samples of a person that can be trained on, though from one alone nothing can be learnt but itself. */
export const FEWEST_OWN = 1

/** The largest value that a number field may have beside the others; at most its own maximum. */
export function mostOf(name: FieldName, max: number, config: Pick<Config, 'depth'>): number {
  return name === 'targetLayers' || name === 'probeLayer' ? Math.min(max, config.depth) : max
}

/** Settings that contradict each other. An empty list means that the model can be built. */
export function checkConfig(modality: ModalityName, config: Config): Problem[] {
  const problems: Problem[] = []
  const expect: Expect = (holds, field, message) => {
    if (!holds) problems.push({ field, message: `${FIELDS[field].title}: ${message}` })
  }
  MODALITIES[modality].check(config, expect)
  checkNetwork(config, expect)
  checkViews(config, expect)
  checkMemory(modality, config, expect)
  checkWeights(config, expect)
  return problems
}

function checkNetwork(config: Config, expect: Expect): void {
  const { width, heads, depth, targetLayers, probeLayer, positions, positionGroups } = config
  expect(
    width % heads === 0,
    'heads',
    `${heads} heads cannot share a width of ${width}. Choose ${divisors(width, 'heads').join(', ')}.`,
  )
  expect(
    !['sincos', 'both'].includes(positions) || width % 4 === 0,
    'width',
    `sine and cosine positions need a multiple of 4. Choose ${width - (width % 4) || 4} or ${width - (width % 4) + 4}.`,
  )
  expect(
    positions !== 'conv' || width % positionGroups === 0,
    'positionGroups',
    `${positionGroups} groups cannot share a width of ${width}. Choose ${divisors(width, 'positionGroups').join(', ')}.`,
  )
  expect(
    targetLayers <= depth,
    'targetLayers',
    `cannot average ${targetLayers} of ${depth} blocks. Choose at most ${depth}.`,
  )
  expect(
    probeLayer <= depth,
    'probeLayer',
    `there is no block ${probeLayer} of ${depth}. Choose at most ${depth}, or 0 for the best.`,
  )
}

function checkViews(config: Config, expect: Expect): void {
  const { method, width, positions, head, decoderWidth, decoderGroups } = config
  if (method === '1') return
  expect(
    positions !== 'relative' && positions !== 'both',
    'positions',
    `data2vec 2.0 has no relative bias here: its students see different tokens. Choose ${FIELDS.positions.options[0].label}.`,
  )
  expect(
    width % decoderGroups === 0 && decoderWidth % decoderGroups === 0,
    'decoderGroups',
    `${decoderGroups} groups cannot share a width of ${width} and the decoder’s of ${decoderWidth}. Choose ${common(width, decoderWidth).join(', ')}.`,
  )
  expect(
    head !== 'none' || decoderWidth === width,
    'head',
    `without one the decoder has to be as wide as the network. Choose one linear layer, or a decoder width of ${width}.`,
  )
}

/** Numbers of groups that both widths can be split into. */
function common(width: number, decoderWidth: number): number[] {
  return divisors(width, 'decoderGroups').filter((groups) => decoderWidth % groups === 0)
}

function checkMemory(modality: ModalityName, config: Config, expect: Expect): void {
  const { sample, token, tokens } = MODALITIES[modality]
  const bytes = largestTensor(modality, config)
  expect(
    bytes <= MOST_BYTES,
    'batchSize',
    `${config.batchSize} ${sample.many} of ${tokens(config)} ${token.many} make a tensor of ${Math.ceil(bytes / 2 ** 20)} MiB; every GPU allows ${MOST_BYTES / 2 ** 20} MiB. Lower it, or the number of ${token.many}.`,
  )
}

/** The optimiser sees all weights as one tensor; those of the blocks are nearly all of them where there are too many. */
function checkWeights({ width, depth, ffnRatio }: Config, expect: Expect): void {
  const weights = depth * (4 + 2 * ffnRatio) * width ** 2
  const most = MOST_BYTES / 4
  expect(
    weights <= most,
    'width',
    `${depth} blocks of width ${width} have ${millions(weights)} million weights; every GPU takes ${millions(most)} million at once. Lower it, the number of blocks or the feed-forward ratio.`,
  )
}

function millions(count: number): string {
  return (count / 1e6).toFixed(1)
}

/**
 * Bytes of the largest tensor of a step: what a block makes of all tokens, or of the visible ones of each view, what the
 * decoder needs, or what the feature encoder makes.
 */
function largestTensor(modality: ModalityName, config: Config): number {
  const { batchSize, method, maskRatio } = config
  const { encoderSize, tokens: count } = MODALITIES[modality]
  const tokens = count(config)
  const cls = config.clsToken ? 1 : 0
  const views = batchSize * viewsOf(config)
  const student = method === '1' ? tokens : Math.ceil(tokens * (1 - maskRatio))
  return (
    4 *
    Math.max(
      batchSize * Math.max(ofBlock(tokens + cls, config), encoderSize(config)),
      views * ofBlock(student + cls, config),
      method === '1' ? 0 : views * ofDecoder(tokens, config),
    )
  )
}

/** The numbers that a block makes of a sample at once: attention of all pairs of tokens, or its hidden layer. */
function ofBlock(tokens: number, { heads, width, ffnRatio }: Config): number {
  return tokens * Math.max(heads * tokens, width * Math.max(3, ffnRatio))
}

/** The widest that a view gets in the decoder: with the rows of its grid beside each other. */
function ofDecoder(tokens: number, { width, decoderWidth, decoderKernel }: Config): number {
  return tokens * Math.max(width, decoderWidth) * decoderKernel
}
