import { formatHash } from '../../config/url.ts'
import { isEnough } from './changes.ts'
import { experiment, formOf, shownModality, useExperiments } from './experiment.ts'
import { useFiles } from './files.ts'

/** Browsers refuse to change the address more than about 100 times in 30 seconds; a dragged slider would. */
const WRITE_AFTER_MS = 250

/**
 * Keeps the address's hash and the shown modality's experiment the same: the page can be bookmarked, sent and reloaded
 * at any time.
 */
export function followLink(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const read = () => {
    const { own } = useFiles.getState()
    experiment.loadLink(window.location.hash, (modality) => isEnough(own[modality]))
  }
  const write = () => {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    writeHash(formatHash(formOf(shownModality())))
  }
  if (window.location.hash !== '') read()
  window.addEventListener('hashchange', read)
  window.addEventListener('pagehide', write)
  const unsubscribe = useExperiments.subscribe(() => {
    clearTimeout(timer)
    timer = setTimeout(write, WRITE_AFTER_MS)
  })
  return () => {
    unsubscribe()
    window.removeEventListener('hashchange', read)
    window.removeEventListener('pagehide', write)
    clearTimeout(timer)
  }
}

function writeHash(hash: string): void {
  if (hash === window.location.hash) return
  try {
    // Replaced, not pushed: turning a slider must not fill the Back button's history.
    window.history.replaceState(null, '', hash)
  } catch {
    // The browser has had enough for now; the address follows with the next change.
  }
}
