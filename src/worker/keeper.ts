import { NO_PROBES, type KeptProbes, type ProbeRow } from '../config/keptProbes.ts'
import type { KeptRun, RunIdentity, RunRecord } from '../checkpoint/keptRun.ts'
import type { RunStore } from '../checkpoint/runStore.ts'
import type { Keeping } from '../engine/keeping.ts'
import type { MetricRow } from '../engine/reports.ts'
import type { Run, RunState } from '../engine/run.ts'
import type { KeepingReport } from './protocol.ts'
import { whyNotKept } from './keepingWords.ts'

/** A run is kept after so much training… */
const MS_BETWEEN = 5000
/** … or, where keeping takes long, after so many times as much: it shall take no more than a fiftieth of the time. */
const TRAINING_PER_KEEPING = 50

export interface KeeperOptions {
  readonly run: Pick<Run, 'config' | 'readState'>
  readonly identity: RunIdentity
  readonly store: Pick<RunStore, 'keep' | 'keepProbes'>
  /** As it was kept before; left out for a new run. */
  readonly from?: RunRecord | undefined
  readonly report: (news: KeepingReport) => void
}

/** Keeps a run in the browser's storage, every few seconds of training and whenever it rests. */
export class Keeper implements Keeping {
  private readonly options: KeeperOptions
  /** Metrics of the steps that are not kept yet. */
  private rows: MetricRow[] = []
  private probes: KeptProbes
  /** As it was kept last. */
  private last: KeptRun | undefined
  private trainedMs = 0
  private keepingMs = 0
  private asked = false
  private failed = false
  /** Resolves when what was read last is written. */
  private writing: Promise<void> | undefined

  constructor(options: KeeperOptions) {
    this.options = options
    this.probes = options.from?.probes ?? NO_PROBES
    this.last = options.from
  }

  trainedFor(ms: number): void {
    this.trainedMs += ms
  }

  /** Notes what was measured of the steps made. */
  note(rows: readonly MetricRow[]): void {
    this.rows.push(...rows)
  }

  /** What is measured from now on can be compared with what was measured in the same way only. */
  noteWay(way: string): void {
    if (way !== this.probes.way) this.probes = { way, rows: [] }
  }

  /** What was measured in the present way. */
  get told(): KeptProbes {
    return this.probes
  }

  /** Notes what was told right after a step. Where no step waits to be kept, it is kept alone. */
  noteProbe(row: ProbeRow): void {
    const { way, rows } = this.probes
    this.probes = { way, rows: [...rows.filter(({ step }) => step < row.step), row] }
    if (this.rows.length === 0) this.enqueue(() => this.writeProbes())
  }

  /** The page may be closed soon: the run is kept after the next step. */
  ask(): void {
    this.asked = true
  }

  get isDue(): boolean {
    const wait = Math.max(MS_BETWEEN, TRAINING_PER_KEEPING * this.keepingMs)
    return this.writing === undefined && (this.asked || this.trainedMs >= wait)
  }

  /** Reads the run, and writes it beside the steps to come; where the page asked for it, before them. */
  async keep(): Promise<void> {
    await this.writing
    const rows = this.rows
    const last = rows.at(-1)
    if (last === undefined) return
    const begun = performance.now()
    const { run, identity } = this.options
    const { config } = run
    const isUrgent = this.asked
    this.asked = false
    this.trainedMs = 0
    try {
      const state = await run.readState()
      this.rows = []
      const { id, modality, preset, begunAt } = identity
      const kept: KeptRun = {
        id,
        modality,
        preset,
        begunAt,
        config,
        step: state.learner.updates, // steps that were left out count, too
        loss: last.loss,
        accuracy: this.accuracy,
        note: this.last?.note ?? '',
        keptAt: Date.now(),
      }
      this.enqueue(() => this.write(kept, state, rows, begun))
      if (isUrgent) await this.writing
    } catch (error) {
      this.fail(error)
    }
  }

  async close(): Promise<void> {
    await this.writing
  }

  /** Writes after what is being written. */
  private enqueue(write: () => Promise<void>): void {
    const writing = (this.writing ?? Promise.resolve()).then(write).finally(() => {
      if (this.writing === writing) this.writing = undefined
    })
    this.writing = writing
  }

  /** Goes on beside the steps. Rows that could not be written are tried again with the next ones. */
  private async write(
    kept: KeptRun,
    state: RunState,
    rows: readonly MetricRow[],
    begun: number,
  ): Promise<void> {
    const { store, report } = this.options
    try {
      this.last = await store.keep(kept, state, { rows, probes: this.probes })
      this.failed = false
      report({ type: 'kept', kept: this.last })
    } catch (error) {
      this.rows = [...rows, ...this.rows]
      this.fail(error)
    } finally {
      // Steps were made meanwhile, which on a CPU take most of that time: keeping has not taken it from them.
      this.keepingMs = performance.now() - begun - this.trainedMs
    }
  }

  private get accuracy(): number | null {
    return this.probes.rows.at(-1)?.linear ?? null
  }

  /** Adds what was measured to what is kept; before anything is, it goes with the first checkpoint. */
  private async writeProbes(): Promise<void> {
    const { run, store, report } = this.options
    if (this.last === undefined) return
    try {
      const told = { ...this.last, config: run.config, accuracy: this.accuracy }
      this.last = await store.keepProbes(told, this.probes)
      report({ type: 'told', kept: this.last })
    } catch (error) {
      this.fail(error)
    }
  }

  private fail(error: unknown): void {
    if (!this.failed) this.options.report({ type: 'keepingFailed', message: whyNotKept(error) })
    this.failed = true
  }
}
