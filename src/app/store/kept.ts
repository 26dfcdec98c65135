import { create } from 'zustand'
import { byModality, type ByModality } from '../../config/byModality.ts'
import type { ModalityName } from '../../config/modalities.ts'
import type { ImportedEvent, KeptRun, ListedRun, RunsEvent } from '../../worker/protocol.ts'
import { compared, leaveCompared } from './compared.ts'
import { send } from './connection.ts'
import { experiment } from './experiment.ts'

/** The runs that the browser keeps. */
export interface KeptState {
  /** The newest first; null until it is known which there are. */
  readonly runs: readonly ListedRun[] | null
  /** Of each modality the run to go on with, while nothing newer has been trained since the worker was started. */
  readonly offered: ByModality<ListedRun | null>
  /** The run that is being deleted: whoever leaves now may find it again. */
  readonly leaving: ListedRun | null
  /** The run that was deleted last, which can be taken back. */
  readonly deleted: ListedRun | null
  /** The run that came in as a file last, until the person has said what to do with it. */
  readonly imported: KeptRun | null
  /** Why what was asked of a kept run could not be done; null once something else is asked. */
  readonly failure: string | null
}

const NOTHING_OFFERED = byModality((): ListedRun | null => null)

const NOTHING: KeptState = {
  runs: null,
  offered: NOTHING_OFFERED,
  leaving: null,
  deleted: null,
  imported: null,
  failure: null,
}

export const useKept = create<KeptState>()(() => NOTHING)

/** Asks a fresh worker which runs are kept: the newest of each modality are offered. */
export function askForRuns(): void {
  useKept.setState(NOTHING)
  send({ type: 'listRuns' })
  compared.refresh()
}

export function takeRuns({ runs }: RunsEvent): void {
  const { runs: before, leaving, offered } = useKept.getState()
  const isFirst = before === null
  useKept.setState({ runs })
  if (leaving !== null && !runs.some(({ id }) => id === leaving.id))
    useKept.setState({ leaving: null, deleted: leaving })
  const isFree = ({ id }: ListedRun) => runs.some((run) => run.id === id && !run.isElsewhere)
  const stays = (one: ListedRun | null) => (one !== null && isFree(one) ? one : null)
  useKept.setState({
    offered: byModality((name) => (isFirst ? newest(runs, name) : stays(offered[name]))),
  })
}

/** A run has come in as a file: it is shown, and can be gone on with. */
export function takeImported({ run }: ImportedEvent): void {
  useKept.setState({ imported: run })
  experiment.show(run.modality)
}

/** A run has been kept just now. */
export function takeKept(kept: KeptRun): void {
  const { runs, offered, deleted } = useKept.getState()
  if (kept.id === deleted?.id) return // it was deleted while this was under way
  const others = (runs ?? []).filter(({ id }) => id !== kept.id)
  useKept.setState({
    runs: [{ ...kept, isElsewhere: false }, ...others],
    offered: { ...offered, [kept.modality]: null },
  })
}

function newest(runs: readonly ListedRun[], modality: ModalityName): ListedRun | null {
  return runs.find((run) => run.modality === modality && !run.isElsewhere) ?? null
}

export const kept = {
  /** Does not go on with what is offered; it stays in the list. */
  decline: (modality: ModalityName): void => {
    useKept.setState(({ offered }) => ({ offered: { ...offered, [modality]: null } }))
  },

  delete: (run: ListedRun): void => {
    useKept.setState(({ offered, imported }) => ({
      leaving: run,
      imported: imported?.id === run.id ? null : imported,
      failure: null,
      offered: offered[run.modality]?.id === run.id ? { ...offered, [run.modality]: null } : offered,
    }))
    leaveCompared(run.id)
    send({ type: 'deleteRun', id: run.id })
  },

  /** Writes a line about a run. */
  note: (run: KeptRun, note: string): void => {
    useKept.setState({ failure: null })
    send({ type: 'noteRun', id: run.id, note })
  },

  /** Keeps another run that is as this one is now. */
  duplicate: (run: KeptRun): void => {
    useKept.setState({ failure: null })
    send({ type: 'duplicateRun', id: run.id })
  },

  /** Takes in runs that were downloaded, here or in another browser. */
  import: (files: readonly File[]): void => {
    for (const file of files) send({ type: 'importRun', file })
  },

  dismissImported: (): void => {
    useKept.setState({ imported: null })
  },

  /** Downloads a run, its weights among it, as a safetensors file. */
  export: (run: KeptRun): void => {
    useKept.setState({ failure: null })
    send({ type: 'exportRun', id: run.id })
  },

  /** Takes the last deletion back. */
  undelete: (): void => {
    const { deleted } = useKept.getState()
    if (deleted === null) return
    useKept.setState({ deleted: null })
    send({ type: 'recallRun', id: deleted.id })
  },
}
