import { useSyncExternalStore } from 'react'
import { create } from 'zustand'

export type Theme = 'light' | 'dark'

const KEY = 'theme'

/** The person's choice; null follows the system. */
const useChoice = create<{ readonly choice: Theme | null }>()(() => ({ choice: null }))

/** Puts the stored choice into effect. Called once, before the first paint. */
export function restoreTheme(): void {
  const stored = readStored()
  if (stored !== null) apply(stored)
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const choice = useChoice((state) => state.choice)
  const system = useSyncExternalStore(watchSystem, systemTheme)
  return [choice ?? system, choose]
}

function choose(theme: Theme): void {
  apply(theme)
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // Storage may be forbidden: the choice then lasts until the page is closed.
  }
}

function apply(choice: Theme): void {
  document.documentElement.dataset.theme = choice
  useChoice.setState({ choice })
}

function readStored(): Theme | null {
  try {
    const stored = localStorage.getItem(KEY)
    return stored === 'light' || stored === 'dark' ? stored : null
  } catch {
    return null
  }
}

function systemTheme(): Theme {
  return darkQuery().matches ? 'dark' : 'light'
}

function watchSystem(listener: () => void): () => void {
  const query = darkQuery()
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

function darkQuery(): MediaQueryList {
  return window.matchMedia('(prefers-color-scheme: dark)')
}
