import { useSyncExternalStore } from 'react'
import type { MetricRow } from '../../worker/protocol.ts'

export type MetricName = keyof MetricRow

const METRICS = [
  'step',
  'loss',
  'tau',
  'lr',
  'grad_norm',
  'target_std',
  'pred_std',
  'teacher_student_distance',
  'step_ms',
] as const satisfies readonly MetricName[]

/** One number a step and metric; NaN where a metric was not measured. Views of live memory: read, do not keep. */
export type Columns = Readonly<Record<MetricName, Float64Array>> & { readonly length: number }

const FIRST_CAPACITY = 1024
/** Charts drawn more often than this cost the main thread more than they show. */
const MIN_INTERVAL_MS = 100

/** The metrics of a run, in typed columns that double as they fill: appending a step costs nothing to speak of. */
export class MetricHistory {
  private data = allocate(FIRST_CAPACITY)
  private length = 0
  private version = 0
  private notifiedAt = -Infinity
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly listeners = new Set<() => void>()

  append(rows: readonly MetricRow[]): void {
    this.reserve(this.length + rows.length)
    for (const row of rows) {
      for (const name of METRICS) this.data[name][this.length] = row[name] ?? NaN
      this.length++
    }
    this.changed()
  }

  reset(): void {
    this.data = allocate(FIRST_CAPACITY)
    this.length = 0
    this.changed()
  }

  /** Every step so far, oldest first. */
  columns(): Columns {
    const views = METRICS.map((name) => [name, this.data[name].subarray(0, this.length)])
    return { ...(Object.fromEntries(views) as Record<MetricName, Float64Array>), length: this.length }
  }

  /** The last value of a metric; NaN before the first step. */
  latest(name: MetricName): number {
    return this.length === 0 ? NaN : this.data[name][this.length - 1]
  }

  /** The last value of a metric that is not measured at every step; NaN before the first. */
  lastKnown(name: MetricName): number {
    return this.data[name].subarray(0, this.length).findLast((value) => !Number.isNaN(value)) ?? NaN
  }

  readonly getVersion = (): number => this.version

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private reserve(needed: number): void {
    const capacity = this.data.step.length
    if (needed <= capacity) return
    const grown = allocate(Math.max(needed, 2 * capacity))
    for (const name of METRICS) grown[name].set(this.data[name])
    this.data = grown
  }

  private changed(): void {
    if (this.timer !== undefined) return
    const wait = this.notifiedAt + MIN_INTERVAL_MS - performance.now()
    if (wait <= 0) this.notify()
    else this.timer = setTimeout(() => this.notify(), wait)
  }

  private notify(): void {
    this.timer = undefined
    this.notifiedAt = performance.now()
    this.version++
    for (const listener of this.listeners) listener()
  }
}

function allocate(capacity: number): Record<MetricName, Float64Array> {
  const columns = METRICS.map((name) => [name, new Float64Array(capacity)])
  return Object.fromEntries(columns) as Record<MetricName, Float64Array>
}

/** The metrics of the run that the page shows. */
export const history = new MetricHistory()

/** Rises at most ten times a second while metrics arrive; a component that reads `history` renders by it. */
export function useHistoryVersion(): number {
  return useSyncExternalStore(history.subscribe, history.getVersion)
}
