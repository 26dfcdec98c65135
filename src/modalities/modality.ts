import type { Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import type { ParameterSpec, Weights } from '../ops/parameters.ts'
import type { Random } from '../ops/random.ts'
import type { Classes } from './classes.ts'

/** How a sample becomes tokens. */
export interface Layout {
  /** Tokens a sample, T, without any CLS token. */
  readonly tokens: number
  /** Shape of a sample's raw input: patches by pixels, frames by bands, samples of sound by 1, token ids by 1. */
  readonly input: readonly [rows: number, columns: number]
  /** Rows and columns in which the tokens lie; rows × columns = tokens. */
  readonly grid: readonly [rows: number, columns: number]
  /** Whether samples may be shorter than T tokens. */
  readonly padded: boolean
  /** Whether the student may get other tokens than the teacher where nothing is masked. */
  readonly replaces: boolean
  /** Where the student sees several masked views of a sample, of each the visible tokens only (data2vec 2.0). */
  readonly views?: ViewLayout | undefined
}

export interface ViewLayout {
  /** Views of a sample, M. */
  readonly perSample: number
  /** Tokens of each view that the student gets, K. */
  readonly visible: number
  /** Channels of a token, D. */
  readonly width: number
}

/** What was written of a sample. */
export interface Written {
  /** Tokens that are real, at least 1; the rest of T is padding. */
  readonly length: number
  /** Where in the sample it begins, in the dataset's own units. */
  readonly start: number
}

/** Samples ready for training: random access to the raw input of each. */
export interface Dataset {
  /** Samples to train on. Those that are held out come after them. */
  readonly size: number
  /** What the samples are as far as it is known now: a person may label files of theirs at any time. */
  readonly classes: Classes | undefined
  /** What a sample is called. */
  readonly label: (sample: number) => string
  /** Writes the raw input of a sample at `offset` of `out`. `random` draws the augmentation, if any. */
  readonly write: (sample: number, out: Float32Array, offset: number, random: Random | undefined) => Written
  /** What a person sees and hears of a sample as it was written. */
  readonly show: (sample: number, shown: Shown) => Content
  /** What could be told of a sample without having learnt anything: the same numbers of each, to compare with. */
  readonly raw: (sample: number) => Float32Array
  /** How its tokens are drawn anew; left out where they cannot be. */
  readonly drawing?: Drawing | undefined
}

/** How tokens are drawn from numbers, be they a sample's own or a decoder's guess at them. */
export interface Drawing {
  /** Numbers that a token is drawn from, P. */
  readonly numbers: number
  /** Those of the tokens themselves: raw input `[N, …]` → `[N, P]`. */
  readonly numbersOf: (input: Float32Array) => Float32Array
  /** How far a token, drawn from `[P]`, is from the one that has the numbers `wanted` `[P]`. */
  readonly errorOf: (drawn: Float32Array, wanted: Float32Array) => number
  /** What a person sees and hears of a sample that is drawn anew. */
  readonly show: (sample: number, redrawn: Redrawn) => Content
}

/** A sample of which some tokens are drawn from other numbers than their own. */
export interface Redrawn {
  readonly written: Written
  /** `[N, P]` of its real tokens. */
  readonly numbers: Float32Array
  /** `[N]` or longer: 1 where the numbers are not the sample's own. */
  readonly mask: Uint8Array
}

/** The mean squared difference of numbers that were standardised: 1 is about what drawing the mean costs. */
export function meanSquare(drawn: Float32Array, wanted: Float32Array): number {
  return drawn.reduce((sum, value, i) => sum + (value - wanted[i]) ** 2, 0) / drawn.length
}

/** One sample of a batch. */
export interface Shown {
  readonly written: Written
  /** Its raw input, as the teacher gets it. */
  readonly input: Float32Array
  /** Its raw input as the student gets it, where that differs at tokens that are not masked. */
  readonly seen: Float32Array | undefined
}

/** A sample as a page can present it; not tied to a modality. */
export type Content = PictureContent | SoundContent | TextContent

export interface PictureContent {
  readonly kind: 'picture'
  readonly side: number
  /** `[side, side, 4]` */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>
}

export interface SoundContent {
  readonly kind: 'sound'
  /** Hz */
  readonly rate: number
  /** The whole clip, from −1 to 1. */
  readonly samples: Float32Array<ArrayBuffer>
  /** Samples from the start of one token to the start of the next. */
  readonly tokenSamples: number
  readonly spectrogram: {
    readonly bands: number
    readonly frames: number
    /** `[bands, frames]`, the highest band first; 0 is silence, 255 the loudest. */
    readonly values: Uint8Array<ArrayBuffer>
  }
}

export interface TextContent {
  readonly kind: 'text'
  /** The text of each real token. What is no text by itself, such as part of a letter, is in ‹angle quotes›. */
  readonly pieces: readonly string[]
  /** The same as the student gets it, before masking. */
  readonly seen: readonly string[]
}

/** What a mask may depend on. */
export interface MaskRequest {
  /** Real tokens of each sample of the batch. */
  readonly lengths: readonly number[]
  /** `[B, …Layout.input]` */
  readonly input: Float32Array
}

export interface Masks {
  /**
   * `[B, T]`, 1 is masked: hidden from the student, and part of the loss. At least one in each sample. With several views
   * `[V, T]`, those of a sample after one another, equally many in each.
   */
  readonly mask: Uint8Array
  /** `[B, …Layout.input]`: the raw input that the student gets, if it differs from the teacher's elsewhere, too. */
  readonly seen?: Float32Array
}

/** All that differs between images, audio and text. Pure: no page, no worker. `Source` is what its samples come from. */
export interface Modality<Source> {
  readonly layout: (config: Config) => Layout
  /** Trainable weights of the feature encoder. */
  readonly parameters: (config: Config) => ParameterSpec[]
  /** Feature encoder: raw input `[B, …Layout.input]` → embeddings `[B, T, D]`, before masking and positions. */
  readonly embed: (weights: Weights, input: Tensor, config: Config) => Tensor
  /** Draws what the student does not see of a batch. */
  readonly drawMasks: (config: Config, request: MaskRequest, random: Random) => Masks
  /**
   * @param settings the run's settings at any time; what shapes the model is read once
   * @throws an Error whose message is for the person, if nothing can be trained on
   */
  readonly createDataset: (source: Source, settings: () => Config) => Dataset
}

/** Opens the samples of a run; they ask for its settings whenever they need them. */
export type OpenDataset = (settings: () => Config) => Dataset
