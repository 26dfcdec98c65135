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

interface Spoken {
  readonly phase: Phase
  readonly at: number
}

/** Whether a screen reader should hear the status now: at each change of phase, and every ten seconds of training. */
export function isDue(last: Spoken, phase: Phase, now: number): boolean {
  return phase !== last.phase || (phase === 'training' && now - last.at >= EVERY_MS)
}

export function announce(phase: Phase, step: number, loss: number): string {
  if (Number.isNaN(loss)) return `${PHASES[phase]}.`
  return `${PHASES[phase]}. Step ${formatCount(step)}, loss ${formatNumber(loss)}.`
}
