import { create } from 'zustand'

/** The token that is pointed at, in every picture of it at once. */
export const useHighlight = create<{ readonly token: number | null }>()(() => ({ token: null }))

export function highlight(token: number | null): void {
  useHighlight.setState({ token })
}
