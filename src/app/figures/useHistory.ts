import { startTransition, useEffect, useState } from 'react'
import { history, type Columns } from '../store/history.ts'

/**
 * The run's metrics so far. The component renders again when some arrive, as a transition: charts are the heaviest
 * thing that the page draws, and they must not hold up a click or the picture of the method.
 */
export function useHistory(): Columns {
  const [columns, setColumns] = useState(() => history.columns())
  useEffect(() => {
    const update = () => startTransition(() => setColumns(history.columns()))
    update() // what has come between the first render and now
    return history.subscribe(update)
  }, [])
  return columns
}
