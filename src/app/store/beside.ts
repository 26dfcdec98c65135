/** The run that makes its steps beside a modality's open run: it is compared with it live, under a letter of its own. */
import { NO_PROBES } from '../../config/keptProbes.ts'
import { byModality } from '../../config/byModality.ts'
import type { ModalityName } from '../../config/modalities.ts'
import { probingFor } from '../../config/probing.ts'
import type { Config } from '../../config/schema.ts'
import type { Beside, BesideEvent, KeptRun } from '../../worker/protocol.ts'
import { changeCompared, compareWith, leaveCompared, useComparedRuns, type ComparedRun } from './compared.ts'
import { useShown } from './experiment.ts'
import { MetricHistory } from './history.ts'

const HISTORIES = byModality(() => new MetricHistory())

/** Runs that are compared have names of their own; this one has others from one opening to the next. */
const idOf = (modality: ModalityName): KeptRun['id'] => `beside ${modality}`

/** What is pinned of a modality; undefined where nothing is. */
export function besideOf(modality: ModalityName): ComparedRun | undefined {
  return useComparedRuns.getState().runs.find(({ run }) => run.id === idOf(modality))
}

/** That of the shown modality. */
export function useBeside(): ComparedRun | undefined {
  const id = idOf(useShown())
  return useComparedRuns(({ runs }) => runs.find(({ run }) => run.id === id))
}

/**
 * Settings are pinned: runs that are opened from now on have a second one beside them.
 * @returns whether there was a letter left for it
 */
export function pin(modality: ModalityName, { preset, config }: Beside): boolean {
  const about = { begunAt: 0, step: 0, loss: NaN, accuracy: null, note: '', keptAt: 0 }
  const isCompared = compareWith({ id: idOf(modality), modality, preset, config, ...about }, true)
  if (isCompared) forgetBeside(modality)
  return isCompared
}

export function unpin(modality: ModalityName): void {
  leaveCompared(idOf(modality))
}

/** What a new run is opened with beside it: what was pinned, on the same samples in the same order, and looked at alike. */
export function besideFor(modality: ModalityName, open: Config): Beside | undefined {
  const pinned = besideOf(modality)
  if (pinned === undefined) return undefined
  const { samples, seed, backend } = open
  const { preset, config } = pinned.run
  return { preset, config: { ...config, samples, seed, backend, ...probingFor(config, open) } }
}

/** A new run has begun, and with it a new one beside it. */
export function forgetBeside(modality: ModalityName): void {
  HISTORIES[modality].reset()
  const columns = HISTORIES[modality].columns()
  changeCompared(idOf(modality), { columns, probes: NO_PROBES, haltedAt: null, keptAs: null })
}

/** Takes over what the second run says. */
export function takeBeside(modality: ModalityName, { said }: BesideEvent): void {
  const id = idOf(modality)
  switch (said.type) {
    case 'metrics':
      HISTORIES[modality].append(said.rows)
      changeCompared(id, { columns: HISTORIES[modality].columns() })
      break
    case 'halted':
      changeCompared(id, { haltedAt: said.step })
      break
    case 'probes':
      changeCompared(id, { probes: said.probes })
      break
    case 'kept':
      changeCompared(id, { keptAs: said.kept.id })
      break
  }
}
