import { throwIfRefused } from './failures.ts'
import type { Report, View } from './reports.ts'
import type { Run } from './run.ts'
import { nextTurn } from './turn.ts'
import type { Lease } from './turns.ts'

const MS_BETWEEN = 500

/** On a slow machine pictures come less often, so that training keeps at least this many times their time. */
const TRAINING_PER_PICTURE = 4

const INITIAL_VIEW: View = { sample: 'batch', mask: 0 }

export interface PicturesOptions {
  readonly run: Run
  readonly report: (report: Report) => void
  readonly device: Lease
  /** Null while nobody looks at the run. */
  readonly view?: View | null | undefined
}

/** What is seen of a run while somebody looks at it. None of its methods takes a turn on the device but `drawAtRest`. */
export class Pictures {
  private readonly options: PicturesOptions
  private view: View | null
  private dueAt = 0
  private outdated = false

  constructor(options: PicturesOptions) {
    this.options = options
    this.view = options.view === undefined ? INITIAL_VIEW : options.view
  }

  /** Whether somebody looks. */
  get areWanted(): boolean {
    return this.view !== null
  }

  /** Whether the last no longer shows what is. */
  get areOutdated(): boolean {
    return this.outdated
  }

  get isDue(): boolean {
    return this.view !== null && performance.now() >= this.dueAt
  }

  /** Chooses what they show; with null nobody looks. */
  look(view: View | null): void {
    this.view = view
    this.outdate()
  }

  /** The last no longer shows what is: the next one is due at once. */
  outdate(): void {
    this.outdated = true
    this.dueAt = 0
  }

  /** Takes one, if somebody looks, and reports it. */
  async take(): Promise<void> {
    if (this.view === null) return
    const { run, report, device } = this.options
    const begun = performance.now()
    this.outdated = false
    const picture = await run.look(this.view)
    throwIfRefused(device)
    report({ type: 'snapshot', ...picture })
    const now = performance.now()
    this.dueAt = now + Math.max(MS_BETWEEN, TRAINING_PER_PICTURE * (now - begun))
  }

  /** Brings the decoder a piece further, between two steps, if it is time for that. */
  async draw(): Promise<void> {
    if (this.areDrawn && this.options.run.drawer.isDue) await this.work(false)
  }

  /** Brings the decoder up to what is learnt by now, piece by piece. */
  async drawAtRest(mayGoOn: () => boolean): Promise<void> {
    const { run, device } = this.options
    while (this.areDrawn && run.drawer.isBehind(run.config) && mayGoOn()) {
      await device.take(() => this.work(true))
      await nextTurn()
    }
  }

  private get areDrawn(): boolean {
    return this.view?.drawing === true
  }

  private async work(atRest: boolean): Promise<void> {
    const { run } = this.options
    if (await run.drawer.work(run.config, atRest)) this.outdate()
  }
}
