import { create } from 'zustand'
import type { View } from '../../worker/protocol.ts'

/** What the figures that are in sight show of a sample besides its picture, which costs the worker something. */
export interface Sight {
  /** The block of which the attention is shown, from 0; null for none. */
  readonly attention: number | null
  /** Whether the sample is drawn from what the networks make of it. */
  readonly drawing: boolean
}

/** One for the page: only the shown modality has figures. */
export const useSight = create<Sight>()(() => ({ attention: null, drawing: false }))

/** What is looked at, with all that is in sight of it. */
export function withSight(view: View): View {
  const { attention, drawing } = useSight.getState()
  return { ...view, ...(attention !== null && { attention }), ...(drawing && { drawing }) }
}
