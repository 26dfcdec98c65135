import * as tf from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { inspect } from '../data2vec/inspect.ts'
import type { Learner } from '../data2vec/learner.ts'
import { stepSettings } from '../data2vec/schedule.ts'
import type { ImageDataset } from '../modalities/image/samples.ts'
import type { Modality, TokenLayout } from '../modalities/modality.ts'
import { Random } from '../ops/random.ts'
import { coloursOf } from '../probes/colours.ts'
import { PrincipalAxes } from '../probes/principalAxes.ts'
import type { SnapshotEvent } from './reports.ts'

/** Samples that the colours are fitted to, and at most this many tokens of them. */
const FITTED_SAMPLES = 8
const FITTED_TOKENS = 1024

/** What the picture shows: a sample's tokens `[T, F]` and its mask `[T]`. */
export interface Shown {
  readonly sample: number
  readonly tokens: Float32Array
  readonly mask: Uint8Array
}

/**
 * Looks at one sample through teacher and student. A few other samples, always the same, go through the teacher with
 * it, so that its colours are those of the whole set and not of one image.
 */
export class Snapshots {
  private readonly learner: Learner
  private readonly dataset: ImageDataset
  private readonly layout: TokenLayout
  private readonly axes: PrincipalAxes
  /** `[N, T, F]` and `[N, T]`; the sample that is shown is written over the first. */
  private readonly tokens: Float32Array
  private readonly mask: Float32Array
  private readonly size: number

  constructor(modality: Modality, dataset: ImageDataset, learner: Learner) {
    const { config } = learner
    this.learner = learner
    this.dataset = dataset
    this.layout = modality.layout(config)
    const { tokens, features } = this.layout
    this.size = Math.max(2, Math.min(FITTED_SAMPLES, Math.floor(FITTED_TOKENS / tokens)))
    this.axes = new PrincipalAxes(config.width, Random.stream(config.seed, 'axes'))
    this.tokens = new Float32Array(this.size * tokens * features)
    this.mask = new Float32Array(this.size * tokens)
    const random = Random.stream(config.seed, 'colours')
    for (let i = 1; i < this.size; i++)
      dataset.write(random.integer(0, dataset.size - 1), this.tokens, i * tokens * features, undefined)
  }

  /** Reads back what the networks say of a sample with the weights of now. */
  async take({ sample, tokens, mask }: Shown, config: Config): Promise<SnapshotEvent> {
    const step = this.learner.updates
    const { targets, predictions, tokenLoss } = await this.look(tokens, mask, config)
    this.axes.fit(targets)
    const shown = mask.length * config.width
    const colours = (vectors: Float32Array) => coloursOf(this.axes.project(vectors.subarray(0, shown)))
    return {
      type: 'snapshot',
      step,
      sample,
      label: this.dataset.label(sample),
      grid: this.layout.grid,
      image: { side: this.dataset.side, rgba: this.dataset.picture(tokens, 0) },
      mask: mask.slice(),
      targetColours: colours(targets),
      predictionColours: colours(predictions),
      tokenLoss: tokenLoss.slice(),
      loss: maskedMean(tokenLoss, mask),
    }
  }

  /** Targets `[N·T, D]` of all, predictions `[T, D]` and losses `[T]` of the first. */
  private async look(tokens: Float32Array, mask: Uint8Array, config: Config) {
    this.tokens.set(tokens)
    this.mask.set(mask)
    const { tokens: count, features } = this.layout
    const batch = {
      tokens: tf.tensor3d(this.tokens, [this.size, count, features]),
      mask: tf.tensor2d(this.mask, [this.size, count]),
    }
    const { targets, ...seen } = inspect(this.learner, batch, stepSettings(config, this.learner.updates))
    const predictions = tf.slice(seen.predictions, 0, 1)
    const tokenLoss = tf.slice(seen.tokenLoss, 0, 1)
    tf.dispose([batch.tokens, batch.mask, seen.predictions, seen.tokenLoss])
    try {
      const [ofTargets, ofPredictions, ofLoss] = await Promise.all(
        [targets, predictions, tokenLoss].map((tensor) => tensor.data<'float32'>()),
      )
      return { targets: ofTargets, predictions: ofPredictions, tokenLoss: ofLoss }
    } finally {
      tf.dispose([targets, predictions, tokenLoss])
    }
  }
}

function maskedMean(values: Float32Array, mask: Uint8Array): number {
  let sum = 0
  let count = 0
  for (let i = 0; i < mask.length; i++) {
    sum += mask[i] * values[i]
    count += mask[i]
  }
  return sum / count
}
