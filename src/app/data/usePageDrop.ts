import { useEffect, useState } from 'react'
import { addDropped, addPasted, readDrop } from './intake.ts'

interface PageDrop {
  /** Files are being dragged over the page. */
  readonly dragging: boolean
  /** Dropped folders are being walked. */
  readonly walking: boolean
}

/**
 * Takes files dropped anywhere on the page, and pasted files and texts. The whole page listens, because a browser leaves the
 * page for a file that is dropped beside the zone, and the run would be lost.
 */
export function usePageDrop(): PageDrop {
  const dragging = useDragging()
  const [walks, setWalks] = useState(0)
  useEffect(() => {
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return
      event.preventDefault()
      if (isTakenElsewhere(event.target)) return
      setWalks((count) => count + 1)
      void addDropped(readDrop(event.dataTransfer)).finally(() => setWalks((count) => count - 1))
    }
    const paste = (event: ClipboardEvent) => {
      const { clipboardData, target } = event
      if (clipboardData !== null && addPasted(clipboardData, isField(target))) event.preventDefault()
    }
    window.addEventListener('drop', drop)
    window.addEventListener('paste', paste)
    return () => {
      window.removeEventListener('drop', drop)
      window.removeEventListener('paste', paste)
    }
  }, [])
  return { dragging, walking: walks > 0 }
}

/** Enter and leave are told for every element on the way, so the drag is over the page while more were entered. */
export function useDragging(): boolean {
  const [depth, setDepth] = useState(0)
  useEffect(() => {
    const watch = (change: (depth: number) => number) => (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return
      event.preventDefault()
      setDepth(change)
    }
    const listeners = {
      dragenter: watch((depth) => depth + 1),
      dragover: watch((depth) => depth),
      dragleave: watch((depth) => Math.max(0, depth - 1)),
      drop: watch(() => 0),
    }
    const all = Object.entries(listeners) as [keyof typeof listeners, (event: DragEvent) => void][]
    for (const [type, listener] of all) window.addEventListener(type, listener)
    return () => {
      for (const [type, listener] of all) window.removeEventListener(type, listener)
    }
  }, [])
  return depth > 0
}

/** A place that takes what is dropped on it for itself has this attribute. */
function isTakenElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-takes-drops]') !== null
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
}

function carriesFiles(transfer: DataTransfer | null): transfer is DataTransfer {
  return transfer?.types.includes('Files') ?? false
}
