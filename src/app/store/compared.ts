import { useDeferredValue, useMemo } from 'react'
import { create } from 'zustand'
import { useShallow } from 'zustand/shallow'
import { NO_PROBES } from '../../config/keptProbes.ts'
import type { KeptProbes, KeptRun, RunRowsEvent } from '../../worker/protocol.ts'
import { send } from './connection.ts'
import { useShown } from './experiment.ts'
import { MetricHistory, type Columns } from './history.ts'

/** What runs that are drawn beside the open one are called; more of them could not be told apart. */
export const LETTERS = ['A', 'B', 'C', 'D'] as const
export type Letter = (typeof LETTERS)[number]

/** A run whose curves are drawn beside those of the open one. */
export interface ComparedRun {
  readonly run: KeptRun
  readonly letter: Letter
  /** Whether it makes its steps beside the open run; all others are as they were kept. */
  readonly isLive: boolean
  /** Null until they have come. */
  readonly columns: Columns | null
  readonly probes: KeptProbes
  /** Of a live one, the step that was no number; null while all were. */
  readonly haltedAt: number | null
  /** Of a live one, under which name it is kept; null for all others. */
  readonly keptAs: KeptRun['id'] | null
}

export const useComparedRuns = create<{ readonly runs: readonly ComparedRun[] }>()(() => ({ runs: [] }))

/**
 * Those of the shown modality, but for the run that is open, which is drawn anyway. Charts are heavy, and a live run brings
 * news ten times a second: what is drawn may be a moment behind, so that no click waits for it.
 */
export function useCompared(open: KeptRun['id'] | undefined): readonly ComparedRun[] {
  const shown = useShown()
  const runs = useDeferredValue(useComparedRuns((state) => state.runs))
  return runs.filter(({ run }) => run.modality === shown && run.id !== open)
}

/** What is always known of a run that is compared. */
export type NamedRun = Pick<ComparedRun, 'run' | 'letter'>

/** The same without what was measured: whoever draws settings alone need not draw again with each step. */
export function useComparedNames(open: KeptRun['id'] | undefined): readonly NamedRun[] {
  const shown = useShown()
  const runs = useComparedRuns(useShallow((state) => state.runs.map(({ run }) => run)))
  const letters = useComparedRuns(useShallow((state) => state.runs.map(({ letter }) => letter)))
  return useMemo(
    () =>
      runs
        .map((run, i) => ({ run, letter: letters[i] }))
        .filter(({ run }) => run.modality === shown && run.id !== open),
    [runs, letters, shown, open],
  )
}

/** Under which letter a run is compared. */
export function useLetter(id: KeptRun['id']): Letter | undefined {
  return useComparedRuns(({ runs }) => runs.find(({ run, keptAs }) => run.id === id || keptAs === id)?.letter)
}

/** Whether a kept run is the one that makes its steps beside the open one now. */
export function useIsBeside(id: KeptRun['id']): boolean {
  return useComparedRuns(({ runs }) => runs.some(({ keptAs }) => keptAs === id))
}

/** Whether there is a letter left of a modality. */
export function useCanCompare(): boolean {
  const shown = useShown()
  return useComparedRuns(({ runs }) => freeLetter(runs, shown) !== undefined)
}

export const compared = {
  /** Compares a run, or no longer. */
  toggle: (run: KeptRun): void => {
    if (isCompared(run.id)) leaveCompared(run.id)
    else if (compareWith(run)) send({ type: 'readRun', id: run.id })
  },

  /** Reads all again: a run may have made more steps, and a worker that is gone answers no more. */
  refresh: (): void => {
    for (const { run, isLive } of useComparedRuns.getState().runs)
      if (!isLive) send({ type: 'readRun', id: run.id })
  },
}

/** Gives a run a letter. @returns whether there was one left */
export function compareWith(run: KeptRun, isLive = false): boolean {
  const { runs } = useComparedRuns.getState()
  const letter = freeLetter(runs, run.modality)
  if (letter === undefined || isCompared(run.id)) return false
  const nothing = { isLive, columns: null, probes: NO_PROBES, haltedAt: null, keptAs: null }
  useComparedRuns.setState({ runs: [...runs, { run, letter, ...nothing }] })
  return true
}

/** A run is compared no longer. */
export function leaveCompared(id: KeptRun['id']): void {
  useComparedRuns.setState(({ runs }) => ({ runs: runs.filter(({ run }) => run.id !== id) }))
}

/** What is known of a run that is compared is something else now. */
export function changeCompared(
  id: KeptRun['id'],
  change: Partial<Omit<ComparedRun, 'run' | 'letter' | 'isLive'>>,
): void {
  useComparedRuns.setState(({ runs }) => ({
    runs: runs.map((each) => (each.run.id === id ? { ...each, ...change } : each)),
  }))
}

function isCompared(id: KeptRun['id']): boolean {
  return useComparedRuns.getState().runs.some(({ run }) => run.id === id)
}

/** Takes over what was measured of a run. */
export function takeRunRows({ id, rows, probes }: RunRowsEvent): void {
  const history = new MetricHistory()
  history.append(rows)
  changeCompared(id, { columns: history.columns(), probes })
}

function freeLetter(runs: readonly ComparedRun[], modality: KeptRun['modality']): Letter | undefined {
  const taken = runs.filter(({ run }) => run.modality === modality).map(({ letter }) => letter)
  return LETTERS.find((letter) => !taken.includes(letter))
}
