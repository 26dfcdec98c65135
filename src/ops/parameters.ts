import type { Tensor } from '@tensorflow/tfjs-core'

/** How a parameter starts. `normal` has mean 0 and the given standard deviation. */
export type Initializer =
  { readonly kind: 'normal'; readonly std: number } | { readonly kind: 'constant'; readonly value: number }

/** One trainable tensor of a network. */
export interface ParameterSpec {
  /** Dotted path, such as `blocks.3.attention.qkv.weight`. Weights of linear layers are `[out, in]`. */
  readonly name: string
  readonly shape: readonly number[]
  readonly init: Initializer
}

/** The weights of one network by name. */
export type Weights = Readonly<Record<string, Tensor>>
