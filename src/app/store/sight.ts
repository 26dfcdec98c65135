import { create } from 'zustand'
import type { View } from '../../worker/protocol.ts'

/** What the figures that are in sight show of a sample besides its picture, which costs the worker something. */
export interface Sight {
  /** Whether the sample is drawn from what the networks make of it. */
  readonly drawing: boolean
}

/** One for the page: only the shown modality has figures. */
export const useSight = create<Sight>()(() => ({ drawing: false }))

/** What is looked at, with all that is in sight of it. */
export function withSight(view: View): View {
  const { drawing } = useSight.getState()
  return { ...view, ...(drawing && { drawing }) }
}
