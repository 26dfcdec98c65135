import { create } from 'zustand'

/** The token that is pointed at, in every picture of it at once. */
const useHighlight = create<{ readonly token: number | null }>()(() => ({ token: null }))

/** It, or null where the sample that is now shown has only `tokens` and ends before it. */
export function useHighlighted(tokens: number): number | null {
  return useHighlight(({ token }) => (token !== null && token < tokens ? token : null))
}

export function useIsHighlighted(token: number): boolean {
  return useHighlight((state) => state.token === token)
}

export function highlight(token: number | null): void {
  useHighlight.setState({ token })
}
