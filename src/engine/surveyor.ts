import * as tf from '@tensorflow/tfjs-core'
import type { Probing } from '../config/probing.ts'
import { dropCls } from '../data2vec/encoder.ts'
import type { Learner } from '../data2vec/learner.ts'
import { encodeWhole, teacherWeights } from '../data2vec/teacher.ts'
import type { Dataset, Layout } from '../modalities/modality.ts'
import type { Features } from '../probes/features.ts'
import { pool } from '../probes/pool.ts'
import { disposeBatch, emptyBatch, toTensors, withoutViews } from './batches.ts'
import { sole, type TakeTurn } from './turns.ts'

type Pooling = Probing['probePooling']

/** How a survey gets on beside other work. */
export interface Pace {
  /** Each batch takes a turn of its own. */
  readonly take: TakeTurn
  /** Asked before each batch, with the share that is done; once it says no, the survey is given up. */
  readonly goesOn: (done: number) => boolean
}

const AT_ONCE: Pace = { take: sole().take, goesOn: () => true }

/** What a network makes of samples of a data set, always the same: frozen features, one row for each sample. */
export class Surveyor {
  readonly samples: readonly number[]
  private readonly layout: Layout
  private readonly dataset: Dataset
  private readonly batch: number

  /** @param batch how many samples go through the network at a time */
  constructor(layout: Layout, dataset: Dataset, samples: readonly number[], batch: number) {
    this.layout = withoutViews(layout)
    this.dataset = dataset
    this.batch = batch
    this.samples = samples
  }

  /** `[N, F]`: what could be told of the samples without having learnt anything. */
  raw(): Features {
    const rows = this.samples.map((sample) => this.dataset.raw(sample))
    const width = rows[0].length
    const values = new Float32Array(rows.length * width)
    rows.forEach((row, i) => values.set(row, i * width))
    return { count: rows.length, width, values }
  }

  /** `[N, F]` for each layer, or for the one that is asked for; undefined if the survey was given up. */
  async encode(learner: Learner, probing: Probing, pace: Pace = AT_ONCE): Promise<Features[] | undefined> {
    return (await this.encodeInEach([probing.probePooling], learner, probing, pace))?.[0]
  }

  /** The same in several poolings, for each of them. */
  async encodeInEach(
    poolings: readonly Pooling[],
    learner: Learner,
    probing: Probing,
    { take, goesOn }: Pace = AT_ONCE,
  ): Promise<Features[][] | undefined> {
    const count = this.samples.length
    const parts: Float32Array[][] = []
    for (let first = 0; first < count; first += this.batch) {
      if (!goesOn(first / count)) return undefined
      parts.push(await take(() => this.encodeBatch(learner, probing, first, poolings)))
    }
    const all = parts[0].map((_, one) => {
      const width = parts[0][one].length / Math.min(this.batch, count)
      const values = new Float32Array(count * width)
      parts.forEach((part, i) => values.set(part[one], i * this.batch * width))
      return { count, width, values }
    })
    const layers = all.length / poolings.length
    return poolings.map((_, i) => all.slice(i * layers, (i + 1) * layers))
  }

  /** The pooled features of one batch of samples, from the one at `first` on, for each layer in each of the poolings. */
  async encodeBatch(
    learner: Learner,
    probing: Probing,
    first = 0,
    poolings: readonly Pooling[] = [probing.probePooling],
  ): Promise<Float32Array[]> {
    const samples = this.samples.slice(first, first + this.batch)
    const pooled = this.pooled(poolings, learner, probing, samples)
    try {
      return await Promise.all(pooled.map((features) => features.data<'float32'>()))
    } finally {
      tf.dispose(pooled)
    }
  }

  private pooled(
    poolings: readonly Pooling[],
    learner: Learner,
    { probeNetwork, probeLayer }: Probing,
    samples: readonly number[],
  ): tf.Tensor[] {
    const host = emptyBatch(this.layout, samples.length)
    const [rows, columns] = this.layout.input
    samples.forEach((sample, i) => {
      host.written[i] = this.dataset.write(sample, host.input, i * rows * columns, undefined)
    })
    const batch = toTensors(host, this.layout)
    const pooled = tf.tidy(() => {
      const weights = probeNetwork === 'student' ? learner.student : teacherWeights(learner)
      const { blocks } = encodeWhole(learner, batch, weights)
      const wanted = probeLayer === 0 ? blocks : [blocks[Math.min(probeLayer, blocks.length) - 1]]
      const places = { grid: this.layout.grid, valid: batch.valid }
      return poolings.flatMap((pooling) =>
        wanted.map((block) => pool(dropCls(block, learner.config), places, pooling)),
      )
    })
    disposeBatch(batch)
    return pooled
  }
}
