import type { Config } from '../config/schema.ts'
import type { Dataset, Modality } from '../modalities/modality.ts'
import { Random } from '../ops/random.ts'

/**
 * Draws batches: every sample once, in random order, before any sample comes again. What it draws depends on the seed
 * and on the settings of each step alone, never on time.
 */
export class Sampler {
  /** `[B, T, F]` and `[B, T]` of the latest batch, overwritten by the next. */
  readonly tokens: Float32Array
  readonly mask: Float32Array
  /** Which samples the latest batch is made of. */
  readonly samples: Uint32Array

  private readonly modality: Modality
  private readonly dataset: Dataset
  private readonly order: Uint32Array
  private readonly batches: Random
  private readonly masks: Random
  private readonly augmentation: Random
  private drawn = 0

  constructor(modality: Modality, dataset: Dataset, config: Config) {
    const { tokens, features } = modality.layout(config)
    this.modality = modality
    this.dataset = dataset
    this.tokens = new Float32Array(config.batchSize * tokens * features)
    this.mask = new Float32Array(config.batchSize * tokens)
    this.samples = new Uint32Array(config.batchSize)
    this.batches = Random.stream(config.seed, 'batches')
    this.masks = Random.stream(config.seed, 'masks')
    this.augmentation = Random.stream(config.seed, 'augment')
    this.order = Uint32Array.from({ length: dataset.size }, (_, sample) => sample)
    this.batches.shuffle(this.order)
  }

  /** Draws the next batch into `tokens`, `mask` and `samples`. */
  next(config: Config): void {
    const size = this.samples.length
    const sampleLength = this.tokens.length / size
    const maskLength = this.mask.length / size
    for (let i = 0; i < size; i++) {
      const sample = this.nextSample()
      this.samples[i] = sample
      this.dataset.write(sample, this.tokens, i * sampleLength, this.augmentation)
      this.mask.set(this.modality.drawMask(config, this.masks), i * maskLength)
    }
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
