import type { DrawingErrors } from '../../worker/protocol.ts'
import { formatNumber } from '../components/format.ts'

/** From the best that can be expected to what knowing nothing costs. */
const ROWS = [
  { key: 'perfect', name: 'The teacher’s answer', colour: 'bg-teacher' },
  { key: 'guess', name: 'The student’s guess', colour: 'bg-student' },
  { key: 'mean', name: 'Always the likeliest', colour: 'bg-muted' },
] as const satisfies readonly { readonly key: keyof DrawingErrors; name: string; colour: string }[]

interface DrawingErrorBarsProps {
  /** What the errors are. */
  readonly title: string
  readonly errors: DrawingErrors
  /** What they were measured on. */
  readonly note: string
}

/** How wrong the drawings are, beside what knowing nothing would cost. */
export function DrawingErrorBars({ title, errors, note }: DrawingErrorBarsProps) {
  const widest = Math.max(...ROWS.map(({ key }) => errors[key])) || 1 // not 0, by which nothing can be divided
  return (
    <section className="grid gap-2" aria-label={title}>
      <h3 className="text-muted text-xs">{title}</h3>
      <dl className="grid items-center gap-x-3 gap-y-1 text-xs @sm:grid-cols-[auto_minmax(0,1fr)] @sm:gap-y-1.5">
        {ROWS.map(({ key, name, colour }) => (
          <div key={key} className="contents">
            <dt>{name}</dt>
            <dd className="flex items-center gap-2">
              <span
                className={`h-2 rounded-full ${colour}`}
                style={{ width: `calc((100% - 4rem) * ${errors[key] / widest})` }}
                aria-hidden
              />
              <span className="font-semibold">{formatNumber(errors[key])}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-muted text-xs">{note}</p>
    </section>
  )
}
