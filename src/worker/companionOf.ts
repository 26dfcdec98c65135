import { Companion } from '../engine/companion.ts'
import { Examiner } from '../engine/examiner.ts'
import type { Report } from '../engine/reports.ts'
import type { Run } from '../engine/run.ts'
import type { Lease } from '../engine/turns.ts'
import type { RemoteAnalyst } from '../probes/analyst.ts'
import type { Keeper } from './keeper.ts'
import { noteFor } from './noting.ts'
import type { BesideEvent } from './protocol.ts'

interface Options {
  readonly run: Run
  /** Undefined where the browser keeps nothing. */
  readonly keeper: Keeper | undefined
  readonly analyst: RemoteAnalyst
  readonly device: Lease
  readonly say: (said: BesideEvent['said']) => void
  readonly onDisposed: () => void
}

/** Makes a run the companion of another: its curves are told, and it is kept, but nobody looks inside it. */
export function companionOf({ run, keeper, analyst, device, say, onDisposed }: Options): Companion {
  const report = (event: Report) => {
    if (keeper) noteFor(keeper, event, run.config)
    if (event.type === 'metrics' || event.type === 'halted') say(event)
    if (keeper && event.type === 'probe') say({ type: 'probes', probes: keeper.told })
  }
  const examiner = new Examiner({ run, analyst, report, device })
  return new Companion({ run, report, examiner, keeping: keeper, device, onDisposed })
}
