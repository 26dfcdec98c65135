import * as tf from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { inspect } from '../data2vec/inspect.ts'
import type { Learner } from '../data2vec/learner.ts'
import { stepSettings } from '../data2vec/schedule.ts'
import { stepConstants } from '../data2vec/stepConstants.ts'
import type { Dataset, Layout, Written } from '../modalities/modality.ts'
import { Random } from '../ops/random.ts'
import { fillNoise } from './noisePool.ts'
import { coloursOf } from '../probes/colours.ts'
import { healthOf, realTokens } from '../probes/health.ts'
import { PrincipalAxes } from '../probes/principalAxes.ts'
import { disposeBatch, emptyBatch, toTensors, withOneView, type HostBatch } from './batches.ts'
import type { Drawer } from './drawer.ts'
import { attentionOf } from './attention.ts'
import type { Snapshot, View } from './reports.ts'

/** Samples that colours are fitted to and health is measured on, and at most this many tokens of them. */
const FITTED_SAMPLES = 8
const FITTED_TOKENS = 1024

/** What the picture shows: one sample as it was written, and its mask. */
export interface Looked {
  readonly sample: number
  readonly written: Written
  /** `Layout.input` */
  readonly input: Float32Array
  readonly seen: Float32Array | undefined
  /** `[T]` */
  readonly mask: Uint8Array
  /** `[M, T]`: of all views of the sample, that one first; that one alone where there are no others. */
  readonly masks: Uint8Array
}

/**
 * Looks at one sample through teacher and student. A few other samples, always the same, go through the teacher with
 * it, so that its colours are those of the whole set and not of one sample.
 */
export class Snapshots {
  private readonly learner: Learner
  private readonly dataset: Dataset
  private readonly layout: Layout
  private readonly drawer: Drawer
  private readonly axes: PrincipalAxes
  /** Which fill the batch from its second place on; the sample that is shown may be one of them. */
  private readonly others: readonly number[]
  /** The sample that is shown is written over the first. */
  private readonly batch: HostBatch

  constructor(layout: Layout, dataset: Dataset, learner: Learner, drawer: Drawer) {
    const { config } = learner
    this.drawer = drawer
    this.learner = learner
    this.dataset = dataset
    this.layout = withOneView(layout)
    const most = Math.max(2, Math.min(FITTED_SAMPLES, Math.floor(FITTED_TOKENS / layout.tokens)))
    this.others = [
      ...Random.stream(config.seed, 'colours')
        .order(dataset.size)
        .subarray(0, most - 1),
    ]
    const size = 1 + this.others.length
    this.axes = new PrincipalAxes(config.width, Random.stream(config.seed, 'axes'))
    this.batch = emptyBatch(this.layout, size)
    const { written, input } = this.batch
    this.others.forEach((sample, i) => {
      written[i + 1] = dataset.write(sample, input, ((i + 1) * input.length) / size, undefined)
    })
  }

  /** Reads back what the networks say of a sample with the weights of now. */
  async take(looked: Looked, config: Config, view: View): Promise<Snapshot> {
    const step = this.learner.updates
    const { sample, written, mask, masks } = looked
    const block = view.attention === undefined ? undefined : Math.min(view.attention, config.depth - 1)
    const { targets, predictions, tokenLoss, ...maps } = await this.look(looked, config, block)
    const { length } = written
    const { tokens } = this.layout
    const vectors = { values: targets, tokens, width: config.width, lengths: this.lengthsBeside(sample) }
    this.axes.fit(realTokens(vectors))
    const colours = (vectors: Float32Array) =>
      coloursOf(this.axes.project(vectors.subarray(0, length * config.width)))
    return {
      step,
      sample,
      label: this.dataset.label(sample),
      grid: length === this.layout.tokens ? this.layout.grid : [1, length],
      content: this.dataset.show(sample, looked),
      mask: mask.slice(0, length),
      masks: realParts(masks, tokens, length),
      targetColours: colours(targets),
      predictionColours: colours(predictions),
      tokenLoss: tokenLoss.slice(0, length),
      loss: maskedMean(tokenLoss, mask.subarray(0, length)),
      health: healthOf(vectors),
      ...(block !== undefined && { attention: attentionOf(maps, block, config, { length, mask }) }),
      ...(view.drawing && { drawn: this.drawer.draw(looked, { targets, predictions }) }),
    }
  }

  /** Tokens of each sample of the batch that are not padding; none of what is the shown sample again. */
  private lengthsBeside(shown: number): number[] {
    return this.batch.written.map(({ length }, i) => (i > 0 && this.others[i - 1] === shown ? 0 : length))
  }

  /** Computes what a picture shows and does not read it. */
  rehearse(looked: Looked, config: Config): void {
    tf.dispose(this.compute(looked, config))
  }

  /** Targets `[N·T, D]` of all; predictions `[T, D]`, losses `[T]` and the attention of a block of the first. */
  private async look(looked: Looked, config: Config, block?: number) {
    const tensors = this.compute(looked, config, block)
    try {
      const [targets, predictions, tokenLoss, teacher, student] = await Promise.all(
        tensors.map((tensor) => tensor.data<'float32'>()),
      )
      return { targets, predictions, tokenLoss, teacher, student }
    } finally {
      tf.dispose(tensors)
    }
  }

  /** Masks the sample that is shown; all views of a batch have to hide equally many tokens. */
  private hide(mask: Uint8Array, { seed, maskNoise }: Config): void {
    const { batch, layout } = this
    const masked = layout.views ? batch.written.length : 1
    for (let sample = 0; sample < masked; sample++) batch.mask.set(mask, sample * layout.tokens)
    fillNoise(batch.noise, maskNoise, Random.stream(seed, 'noise of a picture')) // which stays still
  }

  /** The same as tensors, which are the caller's. */
  private compute({ input, seen, written, mask }: Looked, config: Config, block?: number): tf.Tensor[] {
    this.batch.input.set(input)
    this.batch.written[0] = written
    this.hide(mask, config)
    this.batch.seen = seen && this.batch.input.slice()
    this.batch.seen?.set(seen ?? [])
    const batch = toTensors(this.batch, this.layout)
    const settings = stepSettings(config, this.learner.updates)
    const constants = stepConstants(settings, this.learner.updates + 1, config.depth)
    const { targets, attention, ...all } = inspect(this.learner, batch, constants, block)
    const predictions = tf.slice(all.predictions, 0, 1)
    const tokenLoss = tf.slice(all.tokenLoss, 0, 1)
    disposeBatch(batch)
    tf.dispose({ ...constants })
    tf.dispose([all.predictions, all.tokenLoss])
    return [targets, predictions, tokenLoss, ...(attention ? [attention.teacher, attention.student] : [])]
  }
}

/** Each mask of `[M, T]` without padding. */
function realParts(masks: Uint8Array, tokens: number, length: number): Uint8Array[] {
  const count = masks.length / tokens
  return Array.from({ length: count }, (_, view) => masks.slice(view * tokens, view * tokens + length))
}

/** NaN where nothing is masked. */
function maskedMean(values: Float32Array, mask: Uint8Array): number {
  let sum = 0
  let count = 0
  for (let i = 0; i < mask.length; i++) {
    sum += mask[i] * values[i]
    count += mask[i]
  }
  return sum / count
}
