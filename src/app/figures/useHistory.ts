import { history, useHistoryVersion, type Columns } from '../store/history.ts'

/** The run's metrics so far; the component renders again when some arrive, at most ten times a second. */
export function useHistory(): Columns {
  useHistoryVersion()
  return history.columns()
}
