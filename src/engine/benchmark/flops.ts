import { convLayersOf, convOutput } from '../../config/audio.ts'
import type { Config } from '../../config/schema.ts'
import type { Layout } from '../../modalities/modality.ts'

/** A trainable tensor of the student. */
interface Weight {
  readonly name: string
  readonly shape: readonly number[]
}

export interface Network {
  readonly config: Config
  readonly layout: Pick<Layout, 'tokens' | 'input' | 'views'>
  readonly weights: readonly Weight[]
}

/** What goes through a network's blocks: so many rows of so many tokens, without a CLS token. */
interface Pass {
  readonly rows: number
  readonly tokens: number
}

/**
 * Floating-point operations of one step: those of its matrix products, attention and convolutions, where a
 * multiplication and an addition count as two. Norms, softmax, GELU and the optimiser are left out.
 *
 * A matrix or filter of n numbers that is applied at r places takes 2·r·n; attention of B rows over S tokens takes
 * 4·B·S²·D a block. That is F for the student and F′ for the teacher, which has neither head nor decoder. Going back
 * through a product takes two of the same size, of which the first layer needs only the one for its weight:
 * 3·F − F₀ + F′.
 */
export function stepFlops(network: Network): number {
  const { config, layout, weights } = network
  const whole = { rows: config.batchSize, tokens: layout.tokens }
  const views = layout.views && {
    rows: config.batchSize * layout.views.perSample,
    tokens: layout.views.visible,
  }
  const student = passFlops(network, views ?? whole, weights)
  const ofTeacher = weights.filter(({ name }) => !/^(head|decoder)\./.test(name))
  const teacher = passFlops(network, whole, ofTeacher)
  const first = weights.find((weight) => productFlops(network, whole, weight) > 0)
  const uncounted = first && readsInput(network) ? productFlops(network, whole, first) : 0
  return 3 * student - uncounted + teacher
}

function passFlops(network: Network, pass: Pass, weights: readonly Weight[]): number {
  return weights.reduce(
    (total, weight) => total + productFlops(network, pass, weight),
    attentionFlops(network, pass),
  )
}

/** Vectors are no factors of products. */
function productFlops(network: Network, pass: Pass, { name, shape }: Weight): number {
  if (shape.length < 2) return 0
  const size = shape.reduce((product, length) => product * length, 1)
  return 2 * placesOf(network, pass, name) * size
}

/** At how many places a matrix is applied; a table that is looked up in is at none. */
function placesOf({ config, layout }: Network, { rows, tokens }: Pass, name: string): number {
  const [layer, index] = name.split('.')
  switch (layer) {
    case 'blocks':
      return rows * sequenceLength(config, tokens)
    case 'position_conv':
    case 'head':
    case 'decoder':
      return rows * layout.tokens
    case 'patch_embed':
    case 'feature_projection':
      return config.batchSize * layout.tokens
    case 'feature_encoder':
      return config.batchSize * convOutput(layout.input[0], convLayersOf(config).slice(0, Number(index) + 1))
    default:
      return 0
  }
}

/** Queries with keys, and weights with values. */
function attentionFlops({ config }: Network, { rows, tokens }: Pass): number {
  return 4 * rows * config.depth * config.width * sequenceLength(config, tokens) ** 2
}

function sequenceLength({ clsToken }: Config, tokens: number): number {
  return clsToken ? tokens + 1 : tokens
}

/** Whether the first product is one with the raw input, in which nothing is differentiated. */
function readsInput({ weights }: Network): boolean {
  return weights[0].name !== 'token_embed.weight'
}
