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
  readonly layout: Pick<Layout, 'tokens' | 'input'>
  readonly weights: readonly Weight[]
}

/**
 * Floating-point operations of one step: those of its matrix products, attention and convolutions, where a
 * multiplication and an addition count as two. Norms, softmax, GELU and the optimiser are left out.
 *
 * A matrix or filter of n numbers that is applied at r places takes 2·r·n; attention over S tokens takes 4·B·S²·D a
 * block. That is F for the student and F′ for the teacher, which has no head. Going back through a product takes two of
 * the same size, of which the first layer needs only the one for its weight: 3·F − F₀ + F′.
 */
export function stepFlops(network: Network): number {
  const products = network.weights.map(({ name, shape }) => ({
    name,
    flops: productFlops(network, name, shape),
  }))
  const attention = attentionFlops(network)
  const sum = (counted: typeof products) => counted.reduce((total, { flops }) => total + flops, attention)
  const first = products.find(({ flops }) => flops > 0 && readsInput(network))
  const teacher = products.filter(({ name }) => !name.startsWith('head.'))
  return 3 * sum(products) - (first?.flops ?? 0) + sum(teacher)
}

/** Vectors are no factors of products. */
function productFlops(network: Network, name: string, shape: readonly number[]): number {
  if (shape.length < 2) return 0
  const size = shape.reduce((product, length) => product * length, 1)
  return 2 * network.config.batchSize * placesOf(network, name) * size
}

/** At how many places of a sample a matrix is applied; a table that is looked up in is at none. */
function placesOf({ config, layout }: Network, name: string): number {
  const [layer, index] = name.split('.')
  switch (layer) {
    case 'blocks':
      return sequenceLength(config, layout.tokens)
    case 'patch_embed':
    case 'feature_projection':
    case 'position_conv':
    case 'head':
      return layout.tokens
    case 'feature_encoder':
      return convOutput(layout.input[0], convLayersOf(config).slice(0, Number(index) + 1))
    default:
      return 0
  }
}

/** Queries with keys, and weights with values. */
function attentionFlops({ config, layout }: Network): number {
  const { batchSize, depth, width } = config
  return 4 * batchSize * depth * width * sequenceLength(config, layout.tokens) ** 2
}

function sequenceLength({ clsToken }: Config, tokens: number): number {
  return clsToken ? tokens + 1 : tokens
}

/** Whether the first product is one with the raw input, in which nothing is differentiated. */
function readsInput({ weights }: Network): boolean {
  return weights[0].name !== 'token_embed.weight'
}
