import { besideOf, pin, unpin } from './beside.ts'
import { shownModality, configOf, formOf } from './experiment.ts'
import { run, sendToRun } from './run.ts'
import { runOf } from './runState.ts'
import { isTraining } from './trainAll.ts'

/** All act on the shown modality. */
export const lockstep = {
  /** Pins the settings of the open run, and begins a new one beside them: the form's settings are free to differ. */
  pin: (): void => {
    const modality = shownModality()
    const { running } = runOf(modality)
    const { preset } = formOf(modality)
    if (!pin(modality, running ?? { preset, config: configOf(formOf(modality)) })) return
    run.open(isTraining(runOf(modality)) ? 'train' : null)
  },

  /** A new run of the form's settings alone. */
  openAlone: (): void => {
    unpin(shownModality())
    run.open()
  },

  /** The open run goes on alone. */
  unpin: (): void => {
    const modality = shownModality()
    if (besideOf(modality) === undefined) return
    unpin(modality)
    sendToRun(modality, { type: 'part' })
  },
}
