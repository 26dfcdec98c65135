import { formatHash } from '../../config/url.ts'
import { experiment, useExperiment } from './experiment.ts'
import { useFiles } from './files.ts'

/** Keeps the address's hash and the experiment the same: the page can be bookmarked, sent and reloaded at any time. */
export function followLink(): () => void {
  const read = () => experiment.loadLink(window.location.hash, useFiles.getState().list.length)
  if (window.location.hash !== '') read()
  window.addEventListener('hashchange', read)
  const unsubscribe = useExperiment.subscribe((state) => {
    const hash = formatHash(state)
    // Replaced, not pushed: turning a slider must not fill the Back button's history.
    if (hash !== window.location.hash) window.history.replaceState(null, '', hash)
  })
  return () => {
    window.removeEventListener('hashchange', read)
    unsubscribe()
  }
}
