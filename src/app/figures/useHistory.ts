import { startTransition, useEffect, useState } from 'react'
import { MODALITY_NAMES } from '../../config/modalities.ts'
import { byModality, type ByModality } from '../../config/byModality.ts'
import { useShown } from '../store/experiment.ts'
import { historyOf, MIN_INTERVAL_MS, type Columns } from '../store/history.ts'
import { throttle } from '../store/throttle.ts'

/**
 * The metrics so far of each modality's run. The component renders again when some arrive, as a transition: charts are
 * the heaviest thing that the page draws, and they must not hold up a click or the picture of the method.
 */
export function useHistories(): ByModality<Columns> {
  const [histories, setHistories] = useState(allColumns)
  useEffect(() => {
    const update = () => startTransition(() => setHistories(allColumns()))
    const { ask, stop } = throttle(update, MIN_INTERVAL_MS) // three runs together bring news three times as often
    ask() // what has come between the first render and now
    const unsubscribes = MODALITY_NAMES.map((name) => historyOf(name).subscribe(ask))
    return () => {
      for (const unsubscribe of unsubscribes) unsubscribe()
      stop()
    }
  }, [])
  return histories
}

/** Those of the shown modality's run. */
export function useHistory(): Columns {
  return useHistories()[useShown()]
}

function allColumns(): ByModality<Columns> {
  return byModality((name) => historyOf(name).columns())
}
