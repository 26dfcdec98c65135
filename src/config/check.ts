import { MODALITIES, type ModalityName } from './modalities.ts'
import { FIELDS, fieldOf, type Config, type FieldName } from './schema.ts'
import { frontEndSize, tokensOf } from './tokens.ts'

/** What is wrong with a setting: a sentence that names it and the way out. */
export interface Problem {
  readonly field: FieldName
  readonly message: string
}

/** Samples of a person that can be trained on, though from one alone nothing can be learnt but itself. */
export const FEWEST_OWN = 1

/** With fewer tokens there is nothing to mask that anything could be learnt from. */
const FEWEST_TOKENS = 4

/** The largest value that a number field may have beside the others; at most its own maximum. */
export function mostOf(name: FieldName, max: number, config: Pick<Config, 'depth'>): number {
  return name === 'targetLayers' ? Math.min(max, config.depth) : max
}

/** The largest buffer that every WebGPU device lets a kernel see. */
const MOST_BYTES = 128 * 2 ** 20

/** Settings that contradict each other. An empty list means that the model can be built. */
export function checkConfig(modality: ModalityName, config: Config): Problem[] {
  const problems: Problem[] = []
  const expect: Expect = (holds, field, message) => {
    if (!holds) problems.push({ field, message: `${FIELDS[field].title}: ${message}` })
  }
  CHECKS[modality](config, expect)
  checkNetwork(config, expect)
  checkMemory(modality, config, expect)
  return problems
}

type Expect = (holds: boolean, field: FieldName, message: string) => void

const CHECKS: Readonly<Record<ModalityName, (config: Config, expect: Expect) => void>> = {
  image: checkImage,
  audio: checkAudio,
  text: checkText,
}

function checkImage({ imageSize, patchSize, maskMinBlock, maskMaxBlock }: Config, expect: Expect): void {
  expect(
    imageSize % patchSize === 0,
    'patchSize',
    `${patchSize} px does not divide the image side of ${imageSize} px. Choose ${divisors(imageSize, 'patchSize').join(', ')}.`,
  )
  expect(imageSize >= 2 * patchSize, 'patchSize', `an image of ${imageSize} px needs at least 2 × 2 patches.`)
  expect(
    maskMinBlock <= maskMaxBlock,
    'maskMinBlock',
    `${maskMinBlock} is more than the largest block of ${maskMaxBlock}.`,
  )
}

function checkAudio(config: Config, expect: Expect): void {
  const tokens = tokensOf('audio', config)
  expect(
    tokens >= FEWEST_TOKENS,
    'clipSeconds',
    `${config.clipSeconds} s make ${tokens} frames, and at least ${FEWEST_TOKENS} are needed. Choose longer clips.`,
  )
}

function checkText({ maskKeep, maskRandom }: Config, expect: Expect): void {
  expect(
    maskKeep + maskRandom < 1,
    'maskRandom',
    `with all chosen tokens left or replaced, none is masked. Lower it, or “${FIELDS.maskKeep.title}”.`,
  )
}

function checkNetwork(config: Config, expect: Expect): void {
  const { width, heads, depth, targetLayers, positions, positionGroups } = config
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
}

function checkMemory(modality: ModalityName, config: Config, expect: Expect): void {
  const { sample, token } = MODALITIES[modality]
  const bytes = largestTensor(modality, config)
  expect(
    bytes <= MOST_BYTES,
    'batchSize',
    `${config.batchSize} ${sample.many} of ${tokensOf(modality, config)} ${token.many} make a tensor of ${Math.ceil(bytes / 2 ** 20)} MiB; every GPU allows ${MOST_BYTES / 2 ** 20} MiB. Lower it, or the number of ${token.many}.`,
  )
}

/**
 * Bytes of the largest tensor of a step: the attention of all pairs of tokens, the hidden layer of all tokens, or what
 * the feature encoder makes.
 */
function largestTensor(modality: ModalityName, config: Config): number {
  const { batchSize, heads, width, ffnRatio } = config
  const tokens = tokensOf(modality, config) + (config.clsToken ? 1 : 0)
  const network = tokens * Math.max(heads * tokens, width * Math.max(3, ffnRatio))
  return 4 * batchSize * Math.max(network, frontEndSize(modality, config))
}

function divisors(whole: number, name: FieldName): number[] {
  const field = fieldOf(name)
  if (field.kind !== 'number') return []
  const candidates = Array.from({ length: field.max - field.min + 1 }, (_, i) => field.min + i)
  return candidates.filter((d) => whole % d === 0 && d < whole)
}
