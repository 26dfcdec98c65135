import type { RunIdentity } from '../checkpoint/keptRun.ts'
import type { Loaded } from '../checkpoint/runStore.ts'
import type { Release } from '../checkpoint/tabs.ts'
import type { ModalityName } from '../config/modalities.ts'
import type { PresetName } from '../config/preset.ts'
import type { Run } from '../engine/run.ts'
import { Keeper } from './keeper.ts'
import { bytesOfRun, littleRoom, whyNotKept } from './keepingWords.ts'
import type { KeptRuns } from './keptRuns.ts'
import type { KeepingReport } from './protocol.ts'

export interface NewKeeper {
  readonly kept: KeptRuns
  readonly modality: ModalityName
  readonly preset: PresetName
  readonly run: Run
  /** As it was kept before; left out for a new run, which is taken for this tab. */
  readonly from?: Loaded | undefined
  readonly report: (report: KeepingReport) => void
  /** Is given what gives a new run back to other tabs. */
  readonly hold: (release: Release) => void
}

/**
 * What keeps a run from now on. Little room is said before it hurts.
 * @returns undefined where the browser keeps nothing, which is said
 */
export async function openKeeper(options: NewKeeper): Promise<Keeper | undefined> {
  const { kept, modality, preset, run, from, report, hold } = options
  try {
    const store = await kept.store
    if (from) return new Keeper({ run, identity: from.record, from: from.record, store, report })
    const identity: RunIdentity = { id: crypto.randomUUID(), modality, preset, begunAt: Date.now() }
    hold(await kept.take(identity.id))
    const [needed, room] = [bytesOfRun(run.weights), await store.room()]
    if (room < needed) report({ type: 'keepingFailed', message: littleRoom(needed, room) })
    return new Keeper({ run, identity, store, report })
  } catch (error) {
    report({ type: 'keepingFailed', message: whyNotKept(error) })
    return undefined
  }
}
