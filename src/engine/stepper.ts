import type { StepSettings } from '../data2vec/schedule.ts'
import type { HostBatch } from './batches.ts'
import type { MetricRow, Preparation } from './reports.ts'

/** What is measured of a step; null where it was not. */
export type Measured = Omit<MetricRow, 'step' | 'tau' | 'lr' | 'step_ms' | 'turned'>

/** Steps whose metrics fit between two reads. */
export const CAPACITY = 32

/** Numbers that a step measures, in the order in which `trainStep` returns them. */
export const METRICS = 5

export type OnPrepared = (preparation: Preparation) => void

export interface PrepareOptions {
  /** Does what a run does besides its steps, so that its programs are ready, too. What it computes is of no use. */
  readonly rehearse?: () => void
  /** Nobody waits for the run any more. */
  readonly signal?: AbortSignal | undefined
}

/** Trains a learner on a device step by step. */
export interface Stepper {
  /**
   * Makes ready whatever takes long before the first step. Called once, before it.
   * @throws what the signal was aborted with, before the next thing that takes long
   */
  prepare(onProgress: OnPrepared, options?: PrepareOptions): Promise<void>
  /**
   * Trains one step, and returns before the device is done.
   * @param diagnose whether health has to be measured, too; at most `CAPACITY` steps go between two reads
   */
  advance(batch: HostBatch, settings: StepSettings, diagnose: boolean): void
  /**
   * Makes a step that changes nothing, as often as it takes to tell how long a step takes. Called between `prepare` and
   * the first step.
   * @param draw a batch of at most so many samples
   * @returns milliseconds that a step takes the device
   */
  tryOut(draw: (most: number) => HostBatch, settings: StepSettings): Promise<number>
  /** Bytes of the device that steps need besides the weights; undefined where nobody knows. */
  readonly bytes: number | undefined
  /** Resolves when the device is done with all steps so far. */
  idle(): Promise<void>
  /** What every step since the last read measured. Steps may go on meanwhile, but no other read. */
  read(): Promise<Measured[]>
  dispose(): void
}

/**
 * The first steps take longer: the very first waits for programs that are finished only when they are run, and a captured
 * one finds out in two of them how many submits it needs. Of short ones that is most of their time.
 */
const SHORT_MS = 500

/**
 * Milliseconds that some work takes, by doing it once or, if that is short, three times.
 * @param work resolves when the device is done with it
 */
export async function timeOf(work: () => Promise<void>): Promise<number> {
  const once = async () => {
    const begun = performance.now()
    await work()
    return performance.now() - begun
  }
  const first = await once()
  if (first > SHORT_MS) return first
  await once()
  return once()
}

/** One row of what `trainStep` returns. */
export function measuredOf(values: ArrayLike<number>, diagnosed: boolean): Measured {
  const [loss, grad_norm, target_std, pred_std, distance] = Array.from(values)
  const health = diagnosed
    ? { target_std, pred_std, teacher_student_distance: distance }
    : { target_std: null, pred_std: null, teacher_student_distance: null }
  return { loss, grad_norm, ...health }
}
