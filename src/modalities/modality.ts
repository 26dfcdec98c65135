import type { Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import type { Weights, ParameterSpec } from '../ops/parameters.ts'
import type { Random } from '../ops/random.ts'

/** How a sample becomes tokens. */
export interface TokenLayout {
  /** Tokens a sample, T, without any CLS token. */
  readonly tokens: number
  /** Numbers in the raw input of one token, F. */
  readonly features: number
  /** Rows and columns in which the tokens lie; rows × columns = tokens. */
  readonly grid: readonly [rows: number, columns: number]
}

/** Samples ready for training: random access to the raw tokens of each. */
export interface Dataset {
  readonly size: number
  /** Writes the `[T, F]` raw tokens of a sample at `offset` of `out`. `random` draws the augmentation, if any. */
  readonly write: (sample: number, out: Float32Array, offset: number, random: Random | undefined) => void
}

/** All that differs between images, audio and text. Pure: no page, no worker. */
export interface Modality {
  readonly layout: (config: Config) => TokenLayout
  /** Trainable weights of the feature encoder. */
  readonly parameters: (config: Config) => ParameterSpec[]
  /** Feature encoder: raw tokens `[B, T, F]` → embeddings `[B, T, D]`, before masking and positions. */
  readonly embed: (parameters: Weights, tokens: Tensor) => Tensor
  /** Draws which of the T tokens the student does not see: 1 is masked. */
  readonly drawMask: (config: Config, random: Random) => Uint8Array
}
