import { formatCount } from '../components/format.ts'
import type { Turning } from '../store/history.ts'
import { describeTurned } from './turnings.ts'

/** The latest are what a person has just done; more of them would hide the figure’s caption. */
const MOST_LISTED = 4

/** What was turned while a run went on, by the numbers that mark it in the chart. Nothing where nothing was. */
export function TurningList({ moves }: { readonly moves: readonly Turning[] }) {
  if (moves.length === 0) return null
  const first = Math.max(0, moves.length - MOST_LISTED)
  return (
    <div className="text-xs">
      <p className="text-muted">
        Turned while it trained{first > 0 && `, the latest ${MOST_LISTED} of ${formatCount(moves.length)}`}
      </p>
      <ol start={first + 1} className="list-decimal pl-5 tabular-nums">
        {moves.slice(first).map(({ step, turned }) => (
          <li key={step}>
            From step {formatCount(step)}: {describeTurned(turned)}
          </li>
        ))}
      </ol>
    </div>
  )
}
