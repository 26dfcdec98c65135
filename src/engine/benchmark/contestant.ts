import type { TakeTurn } from '../turns.ts'
import type { Unmeasured } from './gpuReport.ts'

/** Steps of one implementation, ready to be timed. */
export interface Subject {
  /** Takes a turn in which tfjs computes with the implementation's backend. */
  readonly take: TakeTurn
  /** Hands the next step to the GPU, and returns as soon as JavaScript is done with it. */
  readonly step: () => void
  /** Resolves when the GPU is done with all steps so far. */
  readonly idle: () => Promise<void>
  /** Reads what the step measured; that is not timed. */
  readonly read: () => Promise<unknown>
  /** What the GPU has refused of its work, in its own words, if anything. */
  readonly refusal: () => string | undefined
  readonly dispose: () => void
}

/** Milliseconds of one step: of JavaScript, and of all. */
export interface StepTime {
  readonly hostMs: number
  readonly stepMs: number
}

interface Timed<Kind> {
  readonly subject: Kind
  readonly times: readonly StepTime[]
}

const WARM_UP = 3

/** An implementation whose step takes longer is not measured: it would hold the page up for a minute. */
const LONGEST_STEP_MS = 3000

/** An implementation of the step that is measured as far as the GPU goes along. */
export class Contestant<Kind extends Subject> {
  private times: StepTime[] = []
  private unmeasured: Unmeasured | undefined
  private subject: Kind | undefined
  private readonly create: () => Promise<Kind>
  private readonly explain: (error: unknown) => string | undefined

  /** @param explain the words in which the GPU refused what then failed; undefined if that is not why it failed */
  constructor(create: () => Promise<Kind>, explain: (error: unknown) => string | undefined) {
    this.create = create
    this.explain = explain
  }

  /** Compiles what its step needs. @throws the signal's reason if it was aborted */
  async warmUp(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    await this.attempt(async () => {
      this.subject = await this.create()
    })
    for (let i = 0; i < WARM_UP; i++) {
      signal.throwIfAborted()
      await this.step(i > 0)
    }
    this.times = []
  }

  /** One step in a turn of its own: runs that train meanwhile go on in between. */
  async step(isTimed = true): Promise<void> {
    const { subject } = this
    if (subject === undefined || !this.isRunning()) return
    await this.attempt(async () => {
      const time = await subject.take(() => timeStep(subject))
      this.times.push(time)
      if (isTimed && time.stepMs > LONGEST_STEP_MS) this.unmeasured = { why: 'slow' }
    })
  }

  /** Whether it goes along so far. */
  isRunning(): boolean {
    return this.subject !== undefined && this.unmeasured === undefined
  }

  /** Of the steps since it was warmed up. */
  outcome(): Timed<Kind> | Unmeasured {
    const { subject, times, unmeasured } = this
    if (unmeasured !== undefined) return unmeasured
    if (subject === undefined) throw new Error('It has to be warmed up first.')
    return { subject, times }
  }

  dispose(): void {
    this.subject?.dispose()
  }

  /** What a GPU refuses it does not do, and so does in no time: whatever follows must not count. */
  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
      this.refuse(this.subject?.refusal())
    } catch (error) {
      const said = this.explain(error)
      if (said === undefined) throw error
      this.refuse(said)
    }
  }

  private refuse(said: string | undefined): void {
    if (said !== undefined) this.unmeasured = { why: 'refused', said }
  }
}

async function timeStep(subject: Subject): Promise<StepTime> {
  const begun = performance.now()
  subject.step()
  const hostMs = performance.now() - begun
  await subject.idle()
  const stepMs = performance.now() - begun
  await subject.read()
  return { hostMs, stepMs }
}
