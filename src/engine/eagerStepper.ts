import * as tf from '@tensorflow/tfjs-core'
import type { Learner } from '../data2vec/learner.ts'
import type { StepSettings } from '../data2vec/schedule.ts'
import { stepConstants, toConstants, trialNumbers, type StepConstants } from '../data2vec/stepConstants.ts'
import { trainStep } from '../data2vec/trainStep.ts'
import type { Layout } from '../modalities/modality.ts'
import { deviceIdle } from './backend.ts'
import { disposeBatch, toTensors, type HostBatch } from './batches.ts'
import { CAPACITY, measuredOf, METRICS, timeOf, type Measured, type Stepper } from './stepper.ts'

/** Samples of a step that a CPU only makes to be timed. */
const MOST_TRIED = 8

/** Steps made by tfjs, operation by operation, on whichever backend it uses. */
export class EagerStepper implements Stepper {
  readonly bytes = undefined
  private readonly learner: Learner
  private readonly layout: Layout
  private readonly metrics = new MetricsWindow()

  constructor(learner: Learner, layout: Layout) {
    this.learner = learner
    this.layout = layout
  }

  prepare(): Promise<void> {
    return Promise.resolve()
  }

  advance(host: HostBatch, settings: StepSettings, diagnose: boolean): void {
    const { learner } = this
    const constants = stepConstants(settings, learner.updates + 1, learner.config.depth)
    this.metrics.push(this.make(host, constants, diagnose))
    learner.updates += 1
  }

  /** On a CPU time grows with samples, and a slow one shall not be kept from its first step for long. */
  async tryOut(draw: (most: number) => HostBatch, settings: StepSettings): Promise<number> {
    const { batchSize, depth } = this.learner.config
    const isGPU = tf.getBackend() === 'webgl'
    const host = draw(isGPU ? batchSize : MOST_TRIED)
    const make = async () => {
      const metrics = this.make(host, toConstants(trialNumbers(settings, depth)), true)
      await deviceIdle(metrics)
      metrics.dispose()
    }
    if (isGPU) await make() // compiles each program
    const ms = await timeOf(make)
    return (ms * batchSize) / host.samples.length
  }

  /** @param constants are disposed of */
  private make(host: HostBatch, constants: StepConstants, diagnose: boolean): tf.Tensor1D {
    const batch = toTensors(host, this.layout)
    try {
      return trainStep(this.learner, batch, constants, diagnose)
    } finally {
      disposeBatch(batch)
      tf.dispose({ ...constants })
    }
  }

  idle(): Promise<void> {
    return deviceIdle(this.metrics.latest)
  }

  read(): Promise<Measured[]> {
    return this.metrics.read()
  }

  dispose(): void {
    this.metrics.dispose()
  }
}

/**
 * The metrics of the latest steps, kept on the device until they are read in one go: a read for every step would make
 * the GPU wait for the CPU. Its shape is fixed, so that nothing is compiled or allocated as steps come and go.
 */
export class MetricsWindow {
  private rows: tf.Tensor = tf.zeros([CAPACITY, METRICS])
  /** Whether each of the steps since the last read was diagnosed. */
  private diagnosed: boolean[] = []

  /** The tensor that the latest step's metrics went into. */
  get latest(): tf.Tensor {
    return this.rows
  }

  /** Takes over `metrics` `[2]`, or `[5]` if the step was diagnosed. */
  push(metrics: tf.Tensor1D): void {
    const missing = METRICS - metrics.size
    const rows = tf.tidy(() => {
      const row = missing > 0 ? tf.pad(metrics, [[0, missing]]) : metrics
      return tf.concat([tf.slice(this.rows, [1, 0], [CAPACITY - 1, METRICS]), tf.reshape(row, [1, METRICS])])
    })
    metrics.dispose()
    this.rows.dispose()
    this.rows = rows
    this.diagnosed.push(missing === 0)
  }

  async read(): Promise<Measured[]> {
    const { diagnosed } = this
    this.diagnosed = []
    const values = await this.rows.data()
    const first = CAPACITY - diagnosed.length
    return diagnosed.map((isDiagnosed, i) =>
      measuredOf(values.slice((first + i) * METRICS, (first + i + 1) * METRICS), isDiagnosed),
    )
  }

  dispose(): void {
    this.rows.dispose()
  }
}
