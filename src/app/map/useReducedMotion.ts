import { useSyncExternalStore } from 'react'

/** Whether the person wants things to be where they go at once. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore(watch, () => query().matches)
}

function watch(listener: () => void): () => void {
  const motion = query()
  motion.addEventListener('change', listener)
  return () => motion.removeEventListener('change', listener)
}

function query(): MediaQueryList {
  return window.matchMedia('(prefers-reduced-motion: reduce)')
}
