import * as tf from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { countWeights, createLearner, disposeLearner, type Learner } from '../data2vec/learner.ts'
import { stepSettings } from '../data2vec/schedule.ts'
import { trainStep } from '../data2vec/trainStep.ts'
import { createImageDataset, type ImageDataset, type Pictures } from '../modalities/image/samples.ts'
import type { Modality, TokenLayout } from '../modalities/modality.ts'
import { Random } from '../ops/random.ts'
import { MetricsWindow } from './metricsWindow.ts'
import type { SnapshotEvent, View } from './reports.ts'
import { Sampler } from './sampler.ts'
import { changesMask } from './settings.ts'
import { Snapshots, type Shown } from './snapshots.ts'

/** One experiment from its first step on: the networks, the samples and the settings of now. Owns its tensors. */
export class Run {
  readonly metrics = new MetricsWindow()
  readonly weights: number

  private current: Config
  private readonly modality: Modality
  private readonly layout: TokenLayout
  private readonly dataset: ImageDataset
  private readonly learner: Learner
  private readonly sampler: Sampler
  private readonly snapshots: Snapshots
  /** Whether the latest batch was masked with the settings of now. */
  private batchIsCurrent = false

  constructor(modality: Modality, config: Config, pictures: Pictures) {
    this.current = config
    this.modality = modality
    this.layout = modality.layout(config)
    this.dataset = createImageDataset(pictures, () => this.current)
    this.learner = createLearner(modality, config, Random.stream(config.seed, 'weights'))
    this.weights = countWeights(this.learner)
    this.sampler = new Sampler(modality, this.dataset, config)
    this.snapshots = new Snapshots(modality, this.dataset, this.learner)
  }

  get config(): Config {
    return this.current
  }

  get samples(): number {
    return this.dataset.size
  }

  /** Steps completed. */
  get step(): number {
    return this.learner.updates
  }

  get isFinished(): boolean {
    return this.step >= this.current.steps
  }

  /** Settings that hold from the next step on. Only hot ones may differ from those of now. */
  apply(config: Config): void {
    if (changesMask(this.current, config)) this.batchIsCurrent = false
    this.current = config
  }

  /** Trains one step and leaves its metrics in `metrics`. */
  advance(diagnose: boolean): void {
    const { batchSize } = this.current
    const { tokens, features } = this.layout
    const settings = stepSettings(this.current, this.step)
    this.sampler.next(this.current)
    this.batchIsCurrent = true
    const batch = {
      tokens: tf.tensor3d(this.sampler.tokens, [batchSize, tokens, features]),
      mask: tf.tensor2d(this.sampler.mask, [batchSize, tokens]),
    }
    try {
      this.metrics.push(trainStep(this.learner, batch, settings, diagnose), this.step, settings)
    } finally {
      tf.dispose([batch.tokens, batch.mask])
    }
  }

  look(view: View): Promise<SnapshotEvent> {
    return this.snapshots.take(this.shown(view), this.current)
  }

  dispose(): void {
    disposeLearner(this.learner)
    this.metrics.dispose()
  }

  /** A held sample that the set does not have gives way to the batch. */
  private shown({ sample, mask }: View): Shown {
    const { tokens, features } = this.layout
    if (sample !== 'batch' && sample < this.dataset.size) return this.held(sample, mask)
    if (this.step === 0) return this.held(this.sampler.upcoming, mask)
    if (!this.batchIsCurrent) return { ...this.firstOfBatch(tokens, features), mask: this.drawMask(mask) }
    return this.firstOfBatch(tokens, features)
  }

  private held(sample: number, mask: number): Shown {
    const tokens = new Float32Array(this.layout.tokens * this.layout.features)
    this.dataset.write(sample, tokens, 0, undefined)
    return { sample, tokens, mask: this.drawMask(mask) }
  }

  private firstOfBatch(tokens: number, features: number): Shown {
    return {
      sample: this.sampler.samples[0],
      tokens: this.sampler.tokens.slice(0, tokens * features),
      mask: Uint8Array.from(this.sampler.mask.subarray(0, tokens)),
    }
  }

  private drawMask(seed: number): Uint8Array {
    return this.modality.drawMask(this.current, Random.stream(seed, 'view'))
  }
}
