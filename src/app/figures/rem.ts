import { useSyncExternalStore } from 'react'

/** CSS pixels of one rem: the page grows with the screen, and what is drawn in pixels has to grow with it. */
export function useRem(): number {
  return useSyncExternalStore(onResize, readRem)
}

function onResize(listener: () => void): () => void {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}

function readRem(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize)
}
