import { useSyncExternalStore } from 'react'

/** CSS pixels of one rem: the page grows with the screen, and what is drawn in pixels has to grow with it. */
export function useRem(): number {
  return useSyncExternalStore(onResize, readRem)
}

/** Kept until the window changes, because asking for a computed style makes the browser lay the page out. */
let rem: number | undefined

function readRem(): number {
  rem ??= parseFloat(getComputedStyle(document.documentElement).fontSize)
  return rem
}

function onResize(listener: () => void): () => void {
  const resized = () => {
    rem = undefined
    listener()
  }
  window.addEventListener('resize', resized)
  return () => window.removeEventListener('resize', resized)
}
