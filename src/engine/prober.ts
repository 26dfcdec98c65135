import * as tf from '@tensorflow/tfjs-core'
import type { Probing } from '../config/probing.ts'
import { dropCls } from '../data2vec/encoder.ts'
import type { Learner } from '../data2vec/learner.ts'
import { encodeWhole, teacherWeights } from '../data2vec/teacher.ts'
import type { Dataset, Layout } from '../modalities/modality.ts'
import type { Features } from '../probes/features.ts'
import { pool } from '../probes/pool.ts'
import { probeLinear, probeNearest, type Score, type Task } from '../probes/probe.ts'
import { taskOf, type Limits } from '../probes/task.ts'
import { disposeBatch, emptyBatch, toTensors } from './batches.ts'

/** How well classes of samples that were held out can be told from some features. */
export interface Probed {
  readonly knn: Score
  readonly linear: Score
}

/** Samples that go through the network at a time. */
const BATCH = 64

/**
 * Tells classes from what a network has learnt, which classes never were part of. Features are frozen: nothing is
 * trained but a classifier on top of them.
 */
export class Prober {
  private readonly layout: Layout
  private readonly dataset: Dataset
  private readonly learner: Learner
  private readonly samples: readonly number[]
  private readonly task: Task

  private constructor(
    layout: Layout,
    dataset: Dataset,
    learner: Learner,
    { samples, task }: ReturnType<typeof taskOf>,
  ) {
    this.layout = layout
    this.dataset = dataset
    this.learner = learner
    this.samples = samples
    this.task = task
  }

  /** Undefined where samples have no classes, or none is held out. */
  static of(layout: Layout, dataset: Dataset, learner: Learner, limits: Limits): Prober | undefined {
    const { classes } = dataset
    if (classes === undefined || classes.heldOut === 0) return undefined
    return new Prober(layout, dataset, learner, taskOf(classes, limits))
  }

  /** Probes the network as it is now, in each layer or in the one that is asked for. */
  async probe(probing: Probing): Promise<Probed> {
    return this.score(await this.features(probing), probing)
  }

  /** Probes the raw input in the same way: what a representation has to beat. */
  probeRaw(probing: Probing): Probed {
    const rows = this.samples.map((sample) => this.dataset.raw(sample))
    const width = rows[0].length
    const values = new Float32Array(rows.length * width)
    rows.forEach((row, i) => values.set(row, i * width))
    return this.score([{ count: rows.length, width, values }], probing)
  }

  private score(layers: readonly Features[], { neighbours }: Probing): Probed {
    return {
      knn: probeNearest(layers, this.task, neighbours),
      linear: probeLinear(layers, this.task),
    }
  }

  /** `[N, F]` for each layer, of all samples of the task. */
  private async features(probing: Probing): Promise<Features[]> {
    const parts: Float32Array[][] = []
    for (let first = 0; first < this.samples.length; first += BATCH)
      parts.push(await this.encode(this.samples.slice(first, first + BATCH), probing))
    const count = this.samples.length
    return parts[0].map((_, layer) => {
      const width = parts[0][layer].length / Math.min(BATCH, count)
      const values = new Float32Array(count * width)
      parts.forEach((part, i) => values.set(part[layer], i * BATCH * width))
      return { count, width, values }
    })
  }

  /** The pooled features of some samples, for each layer. */
  private async encode(
    samples: readonly number[],
    { network, layer, pooling }: Probing,
  ): Promise<Float32Array[]> {
    const host = emptyBatch(this.layout, samples.length)
    const [rows, columns] = this.layout.input
    samples.forEach((sample, i) => {
      host.written[i] = this.dataset.write(sample, host.input, i * rows * columns, undefined)
    })
    const batch = toTensors(host, this.layout)
    const pooled = tf.tidy(() => {
      const { learner } = this
      const weights = network === 'student' ? learner.student : teacherWeights(learner)
      const { blocks } = encodeWhole(learner, batch, weights)
      const wanted = layer === 0 ? blocks : [blocks[Math.min(layer, blocks.length) - 1]]
      const places = { grid: this.layout.grid, valid: batch.valid }
      return wanted.map((block) => pool(dropCls(block, learner.config), places, pooling))
    })
    disposeBatch(batch)
    try {
      return await Promise.all(pooled.map((features) => features.data<'float32'>()))
    } finally {
      tf.dispose(pooled)
    }
  }
}
