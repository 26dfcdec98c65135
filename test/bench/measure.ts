import { viewsOf } from '../../src/config/views.ts'
import { stepFlops } from '../../src/engine/benchmark/flops.ts'
import { median, spread } from '../../src/engine/benchmark/statistics.ts'
import type { GPUCounters } from './counters.ts'
import type { Problem } from './problem.ts'
import type { Figures } from './report.ts'
import type { Subject } from './subjects/subject.ts'

export interface Effort {
  /** Timed runs of each subject. */
  readonly rounds: number
  /** A subject that has had this many milliseconds stops early… */
  readonly budgetMs: number
  /** …but not before it has made this many runs; with 1, the step that warms it up will do. */
  readonly leastRounds: number
}

/** Steps that are not timed: in them shaders are compiled and memory is found. */
const WARM_UP = 2

/** A run lasts about this long, so that what it takes to wait for the GPU hardly counts. */
const RUN_MS = 100
const MOST_STEPS_A_RUN = 16

/** Implementations of the same step compute the same loss, but for the order of their sums. */
const TOLERANCE = 1e-4

/** A subject and what is measured of it. */
export class Measured {
  readonly name: string
  readonly losses: number[] = []
  /** Milliseconds that its timed runs took together. */
  spentMs = 0
  private readonly subject: Subject
  private readonly counters: GPUCounters
  private readonly problem: Problem
  private readonly stepMs: number[] = []
  private readonly hostMs: number[] = []
  private dispatches = 0
  private submits = 0
  /** Bytes of its buffers, and the most that there were. */
  private bytes = 0
  private peakBytes = 0
  private made = 0
  private stepsARun = 1
  private isTooSlow = false

  private constructor(name: string, subject: Subject, counters: GPUCounters, problem: Problem) {
    this.name = name
    this.subject = subject
    this.counters = counters
    this.problem = problem
  }

  /** @param create its buffers count as the subject's, as do those that it makes in its steps */
  static async create(
    name: string,
    create: (problem: Problem) => Promise<Subject>,
    counters: GPUCounters,
    problem: Problem,
  ): Promise<Measured> {
    const before = counters.bytes
    const measured = new Measured(name, await create(problem), counters, problem)
    measured.bytes = counters.bytes - before
    return measured
  }

  /** A subject that has no time left after a step, shaders and all, is left at that. */
  async warmUp({ budgetMs, leastRounds }: Effort): Promise<void> {
    for (let i = 0; i < WARM_UP; i++) {
      await this.run(1)
      this.losses.push(await this.subject.loss())
      this.isTooSlow = leastRounds <= 1 && this.spentMs > budgetMs
      if (this.isTooSlow) return
    }
    const last = this.stepMs[this.stepMs.length - 1]
    this.stepsARun = Math.min(Math.max(Math.round(RUN_MS / last), 1), MOST_STEPS_A_RUN)
    this.stepMs.length = this.hostMs.length = 0
    this.spentMs = 0
  }

  /** Times a few steps in a row. */
  async round(): Promise<void> {
    await this.run(this.stepsARun)
    await this.subject.loss()
  }

  isDone({ rounds, budgetMs, leastRounds }: Effort): boolean {
    const made = this.stepMs.length
    return this.isTooSlow || made >= rounds || (made >= leastRounds && this.spentMs > budgetMs)
  }

  figures(): Figures {
    const { problem, stepMs } = this
    const ms = median(stepMs)
    return {
      dispatches: this.dispatches,
      submits: this.submits,
      host_ms: median(this.hostMs),
      step_ms: ms,
      step_ms_spread: spread(stepMs),
      n: stepMs.length,
      ...(this.isTooSlow && { cold: true as const }),
      gpu_mb: this.peakBytes / 2 ** 20,
      samples_per_s: (problem.config.batchSize / ms) * 1000,
      views_per_s: ((problem.config.batchSize * viewsOf(problem.config)) / ms) * 1000,
      gflops: stepFlops(problem) / ms / 1e6,
    }
  }

  private async run(steps: number): Promise<void> {
    const { subject, counters } = this
    const { batches } = this.problem
    await subject.ready()
    const { bytes, dispatches, submits } = counters
    counters.peakBytes = bytes
    let host = 0
    const start = performance.now()
    for (let i = 0; i < steps; i++) {
      const begin = performance.now()
      subject.step(batches[this.made++ % batches.length])
      host += performance.now() - begin
    }
    this.dispatches = (counters.dispatches - dispatches) / steps
    this.submits = (counters.submits - submits) / steps
    await subject.idle()
    const elapsed = performance.now() - start
    this.peakBytes = Math.max(this.peakBytes, this.bytes + counters.peakBytes - bytes)
    this.bytes += counters.bytes - bytes
    this.spentMs += elapsed
    this.stepMs.push(elapsed / steps)
    this.hostMs.push(host / steps)
  }
}

/** Runs all in turn until each is done. */
export async function measureInTurn(
  subjects: readonly Measured[],
  effort: Effort,
  say: (line: string) => void,
): Promise<void> {
  for (const subject of subjects) {
    const start = performance.now()
    await subject.warmUp(effort)
    say(`${subject.name} warmed up in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  }
  checkAgreement(subjects)
  let pending = subjects.filter((subject) => !subject.isDone(effort))
  for (let round = 1; pending.length > 0; round++) {
    for (const subject of pending) await subject.round()
    say(`round ${round}: ${pending.map(({ name }) => name).join(', ')}`)
    pending = pending.filter((subject) => !subject.isDone(effort))
  }
}

/** @throws an Error if a subject does not make the same step as the first */
function checkAgreement([first, ...others]: readonly Measured[]): void {
  for (const { name, losses } of others)
    losses.slice(0, first.losses.length).forEach((loss, step) => {
      const expected = first.losses[step]
      if (!(Math.abs(loss - expected) <= TOLERANCE * Math.abs(expected)))
        throw new Error(`${name} has loss ${loss} in step ${step + 1}, ${first.name} has ${expected}.`)
    })
}
