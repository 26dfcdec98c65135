import type { Phase } from '../../worker/protocol.ts'
import { formatCount, formatNumber } from '../components/format.ts'

export const PHASES: Readonly<Record<Phase, string>> = {
  opening: 'Preparing',
  paused: 'Paused',
  training: 'Training',
  finished: 'Finished',
  failed: 'Stopped',
}

const EVERY_MS = 10_000

interface Status {
  readonly phase: Phase
  readonly step: number
  /** Milliseconds. */
  readonly at: number
}

/**
 * Whether a screen reader should hear the status now, after it last heard `spoken`: at each change of phase, at each
 * single step, and every ten seconds of training.
 */
export function isDue(spoken: Status, now: Status): boolean {
  if (now.phase !== spoken.phase) return true
  return now.phase === 'training' ? now.at - spoken.at >= EVERY_MS : now.step !== spoken.step
}

export function announce(phase: Phase, step: number, loss: number): string {
  if (Number.isNaN(loss)) return `${PHASES[phase]}.`
  return `${PHASES[phase]}. Step ${formatCount(step)}, loss ${formatNumber(loss)}.`
}
