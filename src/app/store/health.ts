import { create } from 'zustand'
import { byModality, type ByModality } from '../../config/byModality.ts'
import type { ModalityName } from '../../config/modalities.ts'
import type { Snapshot } from '../../worker/protocol.ts'
import { useShown } from './experiment.ts'

/** How the targets of a run differed at a step: measured with each picture, not at every step. */
export type HealthAt = Snapshot['health'] & Pick<Snapshot, 'step'>

/** Of each modality's run, oldest first, one a step. */
export const useHealths = create<ByModality<readonly HealthAt[]>>()(() => byModality(() => []))

/** The latest picture of a step counts: which sample it shows may have changed. */
export function noteHealth(
  modality: ModalityName,
  { step, health }: Pick<Snapshot, 'step' | 'health'>,
): void {
  useHealths.setState((healths) => ({
    [modality]: [...healths[modality].filter((other) => other.step !== step), { ...health, step }],
  }))
}

/** For a run that begins. */
export function forgetHealth(modality: ModalityName): void {
  useHealths.setState({ [modality]: [] })
}

/** Of the shown modality's run. */
export function useShownHealth(): readonly HealthAt[] {
  const shown = useShown()
  return useHealths((healths) => healths[shown])
}
