import { FIELDS, fieldOf, type Config, type FieldName } from './schema.ts'

/** What is wrong with a setting: a sentence that names it and the way out. */
export interface Problem {
  readonly field: FieldName
  readonly message: string
}

/** With fewer images of a person there is nothing to tell apart. */
export const FEWEST_OWN_IMAGES = 2

/** Tokens a side of the square patch grid. */
export function patchesPerSide(config: Pick<Config, 'imageSize' | 'patchSize'>): number {
  return Math.floor(config.imageSize / config.patchSize)
}

/** The largest value that a number field may have beside the others; at most its own maximum. */
export function mostOf(name: FieldName, max: number, config: Pick<Config, 'depth'>): number {
  return name === 'targetLayers' ? Math.min(max, config.depth) : max
}

/** The largest buffer that every WebGPU device lets a kernel see. */
const MOST_BYTES = 128 * 2 ** 20

/** Bytes of the largest tensor of a step: the attention of all pairs of tokens, or the hidden layer of all tokens. */
function largestTensor(config: Config): number {
  const { batchSize, heads, width, ffnRatio } = config
  const tokens = patchesPerSide(config) ** 2 + (config.clsToken ? 1 : 0)
  return 4 * batchSize * tokens * Math.max(heads * tokens, width * Math.max(3, ffnRatio))
}

/** Settings that contradict each other. An empty list means that the model can be built. */
export function checkConfig(config: Config): Problem[] {
  const problems: Problem[] = []
  const expect = (holds: boolean, field: FieldName, message: string) => {
    if (!holds) problems.push({ field, message: `${FIELDS[field].title}: ${message}` })
  }
  const { imageSize, patchSize, width, heads, depth, targetLayers } = config
  expect(
    imageSize % patchSize === 0,
    'patchSize',
    `${patchSize} px does not divide the image side of ${imageSize} px. Choose ${divisors(imageSize, fieldOf('patchSize')).join(', ')}.`,
  )
  expect(imageSize >= 2 * patchSize, 'patchSize', `an image of ${imageSize} px needs at least 2 × 2 patches.`)
  expect(
    width % heads === 0,
    'heads',
    `${heads} heads cannot share a width of ${width}. Choose ${divisors(width, fieldOf('heads')).join(', ')}.`,
  )
  expect(
    config.positions === 'relative' || width % 4 === 0,
    'width',
    `sine and cosine positions need a multiple of 4. Choose ${width - (width % 4) || 4} or ${width - (width % 4) + 4}.`,
  )
  const bytes = largestTensor(config)
  expect(
    bytes <= MOST_BYTES,
    'batchSize',
    `${config.batchSize} images of ${patchesPerSide(config) ** 2} patches make a tensor of ${Math.ceil(bytes / 2 ** 20)} MiB; every GPU allows ${MOST_BYTES / 2 ** 20} MiB. Lower it, or choose larger patches.`,
  )
  expect(
    targetLayers <= depth,
    'targetLayers',
    `cannot average ${targetLayers} of ${depth} blocks. Choose at most ${depth}.`,
  )
  expect(
    config.maskMinBlock <= config.maskMaxBlock,
    'maskMinBlock',
    `${config.maskMinBlock} is more than the largest block of ${config.maskMaxBlock}.`,
  )
  return problems
}

function divisors(whole: number, field: ReturnType<typeof fieldOf>): number[] {
  if (field.kind !== 'number') return []
  const candidates = Array.from({ length: field.max - field.min + 1 }, (_, i) => field.min + i)
  return candidates.filter((d) => whole % d === 0 && d < whole)
}
