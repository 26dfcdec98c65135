import type { Tensor } from '@tensorflow/tfjs-core'

/** How a parameter starts: `normal` with mean 0 and a standard deviation, `uniform` between −bound and bound. */
export type Initializer =
  | { readonly kind: 'normal'; readonly std: number }
  | { readonly kind: 'uniform'; readonly bound: number }
  | { readonly kind: 'constant'; readonly value: number }

/** One trainable tensor of a network. */
export interface ParameterSpec {
  /** Dotted path, such as `blocks.3.attention.qkv.weight`. Weights of linear layers are `[out, in]`. */
  readonly name: string
  readonly shape: readonly number[]
  readonly init: Initializer
}

/** How PyTorch starts weights and biases of layers that sum up `inputs` numbers: the references leave some at that. */
export function pytorchDefault(inputs: number): Initializer {
  return { kind: 'uniform', bound: 1 / Math.sqrt(inputs) }
}

/** Kaiming-normal for a rectifier after the layer (He et al. 2015). */
export function kaimingNormal(inputs: number): Initializer {
  return { kind: 'normal', std: Math.sqrt(2 / inputs) }
}

/** Xavier-uniform (Glorot and Bengio 2010). */
export function xavier(inputs: number, outputs: number): Initializer {
  return { kind: 'uniform', bound: Math.sqrt(6 / (inputs + outputs)) }
}

/** Gain and bias of a LayerNorm. */
export function normParameters(name: string, width: number): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [width], init: { kind: 'constant', value: 1 } },
    { name: `${name}.bias`, shape: [width], init: { kind: 'constant', value: 0 } },
  ]
}

/** A linear layer's weight `[out, in]`, and its bias, which starts at 0 unless told otherwise. */
export function linearParameters(
  name: string,
  inputs: number,
  outputs: number,
  init: Initializer,
  biasInit: Initializer = { kind: 'constant', value: 0 },
): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [outputs, inputs], init },
    { name: `${name}.bias`, shape: [outputs], init: biasInit },
  ]
}

/** The weights of one network by name. */
export type Weights = Readonly<Record<string, Tensor>>
