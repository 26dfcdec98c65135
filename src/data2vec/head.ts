import type { Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { feedForward } from '../ops/feedForward.ts'
import { linear } from '../ops/linear.ts'
import { linearParameters, type Initializer, type ParameterSpec, type Weights } from '../ops/parameters.ts'

export interface HeadShape {
  /** What the names of its weights begin with. */
  readonly name: string
  readonly inputs: number
  readonly outputs: number
}

/** How the weights and biases of a layer with so many inputs start. */
export type HeadStart = (inputs: number) => { readonly weight: Initializer; readonly bias: Initializer }

/** What stands between the last layer and the prediction (spec §6): one linear layer, two, or nothing. */
export function headParameters(
  { name, inputs, outputs }: HeadShape,
  { head }: Pick<Config, 'head'>,
  start: HeadStart,
): ParameterSpec[] {
  const layer = (name: string, from: number, to: number) => {
    const { weight, bias } = start(from)
    return linearParameters(name, from, to, weight, bias)
  }
  switch (head) {
    case 'linear':
      return layer(name, inputs, outputs)
    case 'mlp':
      return [...layer(`${name}.fc1`, inputs, 2 * inputs), ...layer(`${name}.fc2`, 2 * inputs, outputs)]
    case 'none':
      return []
  }
}

/** `[B, T, inputs]` → `[B, T, outputs]` */
export function applyHead(
  tokens: Tensor,
  weights: Weights,
  name: string,
  { head }: Pick<Config, 'head'>,
): Tensor {
  const layer = (name: string) => ({ weight: weights[`${name}.weight`], bias: weights[`${name}.bias`] })
  switch (head) {
    case 'linear':
      return linear(tokens, weights[`${name}.weight`], weights[`${name}.bias`])
    case 'mlp':
      return feedForward(tokens, { fc1: layer(`${name}.fc1`), fc2: layer(`${name}.fc2`) })
    case 'none':
      return tokens
  }
}
