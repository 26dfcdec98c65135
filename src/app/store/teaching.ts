import { create } from 'zustand'
import { byModality, type ByModality } from '../../config/byModality.ts'
import type { ModalityName } from '../../config/modalities.ts'
import type { FileRemark, FoundEvent, GatheredEvent, ShownSample } from '../../worker/protocol.ts'
import { shownModality, useShown } from './experiment.ts'
import { sendToRun } from './run.ts'

/** A thing that a modality's networks never saw, and what they find of it. */
export interface Teaching {
  /** What the thing is called; empty until it has a name. */
  readonly name: string
  /** Samples that show it, of the run's set or behind it. */
  readonly examples: readonly ShownSample[]
  /** Samples that do not, though they may look alike. */
  readonly counterexamples: readonly ShownSample[]
  /** What was given to look through; null before anything was. */
  readonly gathered: GatheredEvent | null
  readonly found: FoundEvent | null
  /** Files are being read. */
  readonly reading: boolean
  /** What the browser would not open of the latest files: a sentence each. */
  readonly problems: readonly FileRemark[]
}

/** What a sample says of the thing. */
export type Role = 'examples' | 'counterexamples'

const NOTHING: Teaching = {
  name: '',
  examples: [],
  counterexamples: [],
  gathered: null,
  found: null,
  reading: false,
  problems: [],
}

const useTeachings = create<ByModality<Teaching>>()(() => byModality(() => NOTHING))

/** That of the shown modality. */
export function useTeaching(): Teaching {
  const shown = useShown()
  return useTeachings((all) => all[shown])
}

export function teachingOf(modality: ModalityName): Teaching {
  return useTeachings.getState()[modality]
}

function change(modality: ModalityName, changes: Partial<Teaching>): void {
  useTeachings.setState((all) => ({ [modality]: { ...all[modality], ...changes } }))
}

/** Files to look through, and what of a drop could not be opened. */
interface Given {
  readonly files: readonly File[]
  readonly problems: readonly FileRemark[]
}

/** All act on the shown modality unless another is named. */
export const teaching = {
  setName: (name: string): void => change(shownModality(), { name }),

  add: ({ files, problems }: Given, modality = shownModality()): void => {
    change(modality, { reading: files.length > 0, problems })
    if (files.length > 0) sendToRun(modality, { type: 'gather', files })
  },

  /** Takes a sample for an example, or for a counterexample, or no longer. */
  toggle: (shown: ShownSample, role: Role = 'examples'): void => {
    const modality = shownModality()
    const before = teachingOf(modality)
    const isTakenBack = before[role].some(({ sample }) => sample === shown.sample)
    const { examples, counterexamples } = before
    const rest = { examples: without(examples, shown), counterexamples: without(counterexamples, shown) }
    look(modality, isTakenBack ? rest : { ...rest, [role]: [...rest[role], shown] })
  },

  clear: (): void => {
    const modality = shownModality()
    change(modality, NOTHING)
    sendToRun(modality, { type: 'find', examples: [], counterexamples: [] })
    sendToRun(modality, { type: 'forget' })
  },
}

function look(modality: ModalityName, lesson: Pick<Teaching, Role>): void {
  const { examples, counterexamples } = lesson
  change(modality, { ...lesson, ...(examples.length === 0 && { found: null }) })
  sendToRun(modality, {
    type: 'find',
    examples: examples.map(({ sample }) => sample),
    counterexamples: counterexamples.map(({ sample }) => sample),
  })
}

function without(some: readonly ShownSample[], { sample }: ShownSample): readonly ShownSample[] {
  return some.filter((other) => other.sample !== sample)
}

/** A new run has other numbers for what is behind its set, and nothing is found in it yet. */
export function forgetFound(modality: ModalityName): void {
  change(modality, { examples: [], counterexamples: [], found: null })
}

/** The worker is gone, and with it what it was given. */
export function forgetTaught(): void {
  useTeachings.setState(byModality(() => NOTHING))
}

/** Takes over what a run says of a thing. Samples that were gathered keep their place behind the set, in their order. */
export function takeTaught(modality: ModalityName, event: GatheredEvent | FoundEvent): void {
  if (event.type === 'found') {
    // What was found before all examples were taken back is of no interest.
    if (teachingOf(modality).examples.length > 0) change(modality, { found: event })
    return
  }
  change(modality, { gathered: event, reading: false })
  const { examples, counterexamples } = teachingOf(modality)
  if (examples.length > 0) look(modality, { examples, counterexamples })
}
