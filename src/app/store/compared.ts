import { create } from 'zustand'
import type { KeptProbes, KeptRun, RunRowsEvent } from '../../worker/protocol.ts'
import { send } from './connection.ts'
import { useShown } from './experiment.ts'
import { MetricHistory, type Columns } from './history.ts'

/** What runs that are drawn beside the open one are called; more of them could not be told apart. */
export const LETTERS = ['A', 'B', 'C', 'D'] as const
export type Letter = (typeof LETTERS)[number]

/** A kept run whose curves are drawn beside those of the open one. */
export interface ComparedRun {
  readonly run: KeptRun
  readonly letter: Letter
  /** Null until they have come. */
  readonly columns: Columns | null
  readonly probes: KeptProbes
}

export const useComparedRuns = create<{ readonly runs: readonly ComparedRun[] }>()(() => ({ runs: [] }))

/** Those of the shown modality, but for the run that is open, which is drawn anyway. */
export function useCompared(open: KeptRun['id'] | undefined): readonly ComparedRun[] {
  const shown = useShown()
  const runs = useComparedRuns((state) => state.runs)
  return runs.filter(({ run }) => run.modality === shown && run.id !== open)
}

/** Under which letter a run is compared. */
export function useLetter(id: KeptRun['id']): Letter | undefined {
  return useComparedRuns(({ runs }) => runs.find(({ run }) => run.id === id)?.letter)
}

/** Whether there is a letter left of a modality. */
export function useCanCompare(): boolean {
  const shown = useShown()
  return useComparedRuns(({ runs }) => freeLetter(runs, shown) !== undefined)
}

export const compared = {
  /** Compares a run, or no longer. */
  toggle: (run: KeptRun): void => {
    const { runs } = useComparedRuns.getState()
    const without = runs.filter((each) => each.run.id !== run.id)
    if (without.length < runs.length) {
      useComparedRuns.setState({ runs: without })
      return
    }
    const letter = freeLetter(runs, run.modality)
    if (letter === undefined) return
    useComparedRuns.setState({
      runs: [...runs, { run, letter, columns: null, probes: { way: '', rows: [] } }],
    })
    send({ type: 'readRun', id: run.id })
  },

  /** Reads all again: a run may have made more steps, and a worker that is gone answers no more. */
  refresh: (): void => {
    for (const { run } of useComparedRuns.getState().runs) send({ type: 'readRun', id: run.id })
  },

  /** A run that is deleted is compared no longer. */
  leave: (id: KeptRun['id']): void => {
    useComparedRuns.setState(({ runs }) => ({ runs: runs.filter(({ run }) => run.id !== id) }))
  },
}

/** Takes over what was measured of a run. */
export function takeRunRows({ id, rows, probes }: RunRowsEvent): void {
  const history = new MetricHistory()
  history.append(rows)
  const columns = history.columns()
  useComparedRuns.setState(({ runs }) => ({
    runs: runs.map((each) => (each.run.id === id ? { ...each, columns, probes } : each)),
  }))
}

function freeLetter(runs: readonly ComparedRun[], modality: KeptRun['modality']): Letter | undefined {
  const taken = runs.filter(({ run }) => run.modality === modality).map(({ letter }) => letter)
  return LETTERS.find((letter) => !taken.includes(letter))
}
