import { useSyncExternalStore } from 'react'
import type { ModalityName } from '../../config/modalities.ts'
import type { MetricRow } from '../../worker/protocol.ts'
import type { Turned } from '../../config/turned.ts'
import { byModality } from '../../config/byModality.ts'
import { useShown } from './experiment.ts'
import { throttle } from './throttle.ts'

export type MetricName = Exclude<keyof MetricRow, 'turned'>

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

/** `seconds`: training time of the run up to the end of the step, the sum of step_ms. */
export type ColumnName = MetricName | 'seconds'

const COLUMNS: readonly ColumnName[] = [...METRICS, 'seconds']

/** One number a step and column; NaN where a metric was not measured. Views of live memory: read, do not keep. */
export type Columns = Readonly<Record<ColumnName, Float64Array>> & { readonly length: number }

/** Settings that were turned, and the first step that was made with them. */
export interface Turning {
  readonly step: number
  /** Training time of the run before that step. */
  readonly seconds: number
  readonly turned: readonly Turned[]
}

const FIRST_CAPACITY = 1024
/** Charts drawn more often than this cost the main thread more than they show. */
export const MIN_INTERVAL_MS = 100

/** The metrics of a run, in typed columns that double as they fill: appending a step costs nothing to speak of. */
export class MetricHistory {
  private data = allocate(FIRST_CAPACITY)
  private length = 0
  private turned: readonly Turning[] = []
  private version = 0
  private readonly listeners = new Set<() => void>()
  private readonly changed = throttle(() => this.notify(), MIN_INTERVAL_MS)

  append(rows: readonly MetricRow[]): void {
    this.reserve(this.length + rows.length)
    for (const row of rows) {
      const seconds = this.length === 0 ? 0 : this.latest('seconds')
      if (row.turned) this.turned = [...this.turned, { step: row.step, seconds, turned: row.turned }]
      for (const name of METRICS) this.data[name][this.length] = row[name] ?? NaN
      this.data.seconds[this.length] = seconds + row.step_ms / 1000
      this.length++
    }
    this.changed.ask()
  }

  reset(): void {
    this.data = allocate(FIRST_CAPACITY)
    this.length = 0
    this.turned = []
    this.changed.ask()
  }

  /** Every step so far, oldest first. */
  columns(): Columns {
    const views = COLUMNS.map((name) => [name, this.data[name].subarray(0, this.length)])
    return { ...(Object.fromEntries(views) as Record<ColumnName, Float64Array>), length: this.length }
  }

  /** When settings were turned while the run went on, the oldest first. Another list when there is more. */
  turnings(): readonly Turning[] {
    return this.turned
  }

  /** The last value of a column; NaN before the first step. */
  latest(name: ColumnName): number {
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
    for (const name of COLUMNS) grown[name].set(this.data[name])
    this.data = grown
  }

  private notify(): void {
    this.version++
    for (const listener of this.listeners) listener()
  }
}

function allocate(capacity: number): Record<ColumnName, Float64Array> {
  const columns = COLUMNS.map((name) => [name, new Float64Array(capacity)])
  return Object.fromEntries(columns) as Record<ColumnName, Float64Array>
}

const HISTORIES = byModality(() => new MetricHistory())

/** The metrics of a modality's run. */
export function historyOf(modality: ModalityName): MetricHistory {
  return HISTORIES[modality]
}

/** The metrics of a modality's run. The component renders again, at most ten times a second, while some arrive. */
export function useHistoryOf(modality: ModalityName): MetricHistory {
  const history = historyOf(modality)
  useSyncExternalStore(history.subscribe, history.getVersion)
  return history
}

/** Those of the shown modality's run. */
export function useShownHistory(): MetricHistory {
  return useHistoryOf(useShown())
}
