import { create } from 'zustand'

/** The patch that is pointed at, in every picture of it at once. */
export const useHighlight = create<{ readonly patch: number | null }>()(() => ({ patch: null }))

export function highlight(patch: number | null): void {
  useHighlight.setState({ patch })
}
