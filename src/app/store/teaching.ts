import { create } from 'zustand'
import { byModality, type ByModality } from '../../config/byModality.ts'
import type { ModalityName } from '../../config/modalities.ts'
import type { FoundEvent, GatheredEvent } from '../../worker/protocol.ts'
import { shownModality, useShown } from './experiment.ts'
import { sendToRun } from './run.ts'

/** A thing that a modality's networks never saw, and what they find of it. */
export interface Teaching {
  /** What the thing is called; empty until it has a name. */
  readonly name: string
  /** Samples that show it, by their number in the run's set and behind it. */
  readonly examples: readonly number[]
  /** What was given to look through; null before anything was. */
  readonly gathered: GatheredEvent | null
  readonly found: FoundEvent | null
  /** Files are being read. */
  readonly reading: boolean
}

const NOTHING: Teaching = { name: '', examples: [], gathered: null, found: null, reading: false }

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

/** All act on the shown modality. */
export const teaching = {
  setName: (name: string): void => change(shownModality(), { name }),

  add: (files: readonly File[]): void => {
    if (files.length === 0) return
    change(shownModality(), { reading: true })
    sendToRun(shownModality(), { type: 'gather', files })
  },

  /** Takes a sample for an example, or no longer. */
  toggle: (sample: number): void => {
    const modality = shownModality()
    const { examples } = teachingOf(modality)
    const without = examples.filter((other) => other !== sample)
    look(modality, without.length < examples.length ? without : [...examples, sample])
  },

  clear: (): void => {
    const modality = shownModality()
    change(modality, NOTHING)
    sendToRun(modality, { type: 'find', examples: [] })
    sendToRun(modality, { type: 'forget' })
  },
}

function look(modality: ModalityName, examples: readonly number[]): void {
  change(modality, { examples, ...(examples.length === 0 && { found: null }) })
  sendToRun(modality, { type: 'find', examples })
}

/** A new run has other numbers for what is behind its set, and nothing is found in it yet. */
export function forgetFound(modality: ModalityName): void {
  change(modality, { examples: [], found: null })
}

/** Takes over what a run says of a thing. Samples that were gathered keep their place behind the set, in their order. */
export function takeTaught(modality: ModalityName, event: GatheredEvent | FoundEvent): void {
  if (event.type === 'found') {
    // What was found before all examples were taken back is of no interest.
    if (teachingOf(modality).examples.length > 0) change(modality, { found: event })
    return
  }
  const { gathered, examples } = teachingOf(modality)
  change(modality, { gathered: withRefusals(gathered, event), reading: false })
  if (examples.length > 0) look(modality, examples)
}

/** What was refused stays in sight until more is given. */
function withRefusals(before: GatheredEvent | null, event: GatheredEvent): GatheredEvent {
  const isNews = event.refused.length > 0 || event.samples.length !== before?.samples.length
  return isNews ? event : { ...event, refused: before.refused }
}
