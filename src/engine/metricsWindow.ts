import * as tf from '@tensorflow/tfjs-core'
import type { StepSettings } from '../data2vec/schedule.ts'
import type { MetricRow } from './reports.ts'

/** Numbers that `trainStep` returns with diagnostics; without, it returns the first two. */
const COLUMNS = 5

/** Steps that fit between two reads. */
const CAPACITY = 32

type Facts = Pick<MetricRow, 'step' | 'tau' | 'lr'> & { readonly diagnosed: boolean }

/**
 * The metrics of the latest steps, kept on the device until they are read in one go: a read for every step would make
 * the GPU wait for the CPU. Its shape is fixed, so that nothing is compiled or allocated as steps come and go.
 */
export class MetricsWindow {
  private rows: tf.Tensor = tf.zeros([CAPACITY, COLUMNS])
  private pending: Facts[] = []

  get isEmpty(): boolean {
    return this.pending.length === 0
  }

  /** Only one more step fits before a read. */
  get isAlmostFull(): boolean {
    return this.pending.length === CAPACITY - 1
  }

  /** The tensor that the latest step's metrics went into. */
  get latest(): tf.Tensor {
    return this.rows
  }

  /** Takes over `metrics` `[2]` or `[5]` of the step that completed number `step`. */
  push(metrics: tf.Tensor1D, step: number, { tau, lr }: StepSettings): void {
    const diagnosed = metrics.size === COLUMNS
    const rows = tf.tidy(() => {
      const row = diagnosed ? metrics : tf.pad(metrics, [[0, COLUMNS - metrics.size]])
      return tf.concat([tf.slice(this.rows, [1, 0], [CAPACITY - 1, COLUMNS]), tf.reshape(row, [1, COLUMNS])])
    })
    metrics.dispose()
    this.rows.dispose()
    this.rows = rows
    this.pending.push({ step, tau, lr, diagnosed })
  }

  /** The metrics of every step since the last read, which took `elapsed` milliseconds together. */
  async read(elapsed: () => number): Promise<MetricRow[]> {
    const pending = this.pending
    this.pending = []
    const values = await this.rows.data()
    const step_ms = elapsed() / pending.length
    const first = (CAPACITY - pending.length) * COLUMNS
    return pending.map(({ diagnosed, ...facts }, i) => {
      const [loss, grad_norm, target_std, pred_std, distance] = values.slice(first + i * COLUMNS)
      const health = diagnosed
        ? { target_std, pred_std, teacher_student_distance: distance }
        : { target_std: null, pred_std: null, teacher_student_distance: null }
      return { ...facts, loss, grad_norm, ...health, step_ms }
    })
  }

  dispose(): void {
    this.rows.dispose()
  }
}
