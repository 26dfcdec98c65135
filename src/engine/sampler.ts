import type { Config } from '../config/schema.ts'
import type { Dataset, Layout, Modality } from '../modalities/modality.ts'
import { Random } from '../ops/random.ts'
import { emptyBatch, type HostBatch } from './batches.ts'
import { NoisePool } from './noisePool.ts'

/** Where the drawing of batches is. */
export interface SamplerState {
  /** `[size]`: the order of this round through the samples, of which the first `drawn` have been. */
  readonly order: Uint32Array<ArrayBuffer>
  readonly drawn: number
  /** Of each stream of random numbers. */
  readonly batches: Uint32Array<ArrayBuffer>
  readonly masks: Uint32Array<ArrayBuffer>
  readonly augmentation: Uint32Array<ArrayBuffer>
}

/**
 * Draws batches: every sample once, in random order, before any sample comes again. What it draws depends on the seed
 * and on the settings of each step alone, never on time.
 */
export class Sampler {
  /** The latest batch, overwritten by the next. */
  readonly batch: HostBatch

  private readonly modality: Pick<Modality<never>, 'drawMasks'>
  private readonly dataset: Dataset
  private readonly order: Uint32Array
  private readonly batches: Random
  private readonly masks: Random
  private readonly augmentation: Random
  private readonly noise: NoisePool | undefined
  private drawn = 0

  constructor(
    modality: Pick<Modality<never>, 'drawMasks'>,
    layout: Layout,
    dataset: Dataset,
    config: Config,
  ) {
    this.modality = modality
    this.dataset = dataset
    this.batch = emptyBatch(layout, config.batchSize)
    this.batches = Random.stream(config.seed, 'batches')
    this.masks = Random.stream(config.seed, 'masks')
    this.augmentation = Random.stream(config.seed, 'augment')
    this.noise = layout.views && new NoisePool(Random.stream(config.seed, 'noise'))
    this.order = Uint32Array.from({ length: dataset.size }, (_, sample) => sample)
    this.batches.shuffle(this.order)
  }

  get state(): SamplerState {
    const { order, drawn, batches, masks, augmentation } = this
    const streams = { batches: batches.state, masks: masks.state, augmentation: augmentation.state }
    return { order: Uint32Array.from(order), drawn, ...streams }
  }

  /**
   * Goes on from where another sampler of the same samples was.
   * @throws an Error if it had another number of them
   */
  restore({ order, drawn, batches, masks, augmentation }: SamplerState): void {
    if (order.length !== this.order.length)
      throw new Error(`The run was of ${order.length} samples, and here are ${this.order.length}.`)
    this.order.set(order)
    this.drawn = drawn
    this.batches.restore(batches)
    this.masks.restore(masks)
    this.augmentation.restore(augmentation)
  }

  /** Draws the next batch into `batch`. */
  next(config: Config): void {
    const { samples, written, input, mask, noise } = this.batch
    const sampleLength = input.length / samples.length
    for (let i = 0; i < samples.length; i++) {
      const sample = this.nextSample()
      samples[i] = sample
      written[i] = this.dataset.write(sample, input, i * sampleLength, this.augmentation)
    }
    const lengths = written.map(({ length }) => length)
    const drawn = this.modality.drawMasks(config, { lengths, input }, this.masks)
    mask.set(drawn.mask)
    this.batch.seen = drawn.seen
    this.noise?.fill(noise, config.maskNoise, this.masks)
  }

  /** The sample that the next batch will begin with. */
  get upcoming(): number {
    return this.order[this.drawn % this.order.length]
  }

  private nextSample(): number {
    if (this.drawn === this.order.length) {
      this.batches.shuffle(this.order)
      this.drawn = 0
    }
    return this.order[this.drawn++]
  }
}
