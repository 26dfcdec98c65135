import { formatCount } from '../components/format.ts'
import { useTheme } from '../store/theme.ts'
import { OTHERS, type Mark } from './marks.ts'
import { Sign } from './Sign.tsx'

interface Props {
  readonly marks: readonly Mark[]
  /** Samples that were never trained on. */
  readonly unseen: number
  /** The class that stands out until it is pressed again. */
  readonly held: number | null
  readonly onHold: (slot: number | null) => void
  /** Told which class is pointed at. */
  readonly onPoint: (slot: number | null) => void
}

/** What the signs on the map mean. Pointing at one, or pressing it, makes its class stand out from all others. */
export function Legend({ marks, unseen, held, onHold, onPoint }: Props) {
  const [theme] = useTheme()
  return (
    <ul aria-label="Classes" className="flex flex-wrap gap-x-1 gap-y-0.5 text-xs @2xl:grid">
      {marks.map(({ name, count, slot }) => (
        <li key={slot} className="min-w-0">
          <button
            type="button"
            aria-pressed={held === slot}
            title={`Show only ${name}`}
            onPointerEnter={() => onPoint(slot)}
            onPointerLeave={() => onPoint(null)}
            onFocus={() => onPoint(slot)}
            onBlur={() => onPoint(null)}
            onClick={() => onHold(held === slot ? null : slot)}
            className="hover:bg-well aria-pressed:bg-well flex min-h-6 w-full items-center gap-1.5 rounded px-1.5 text-left aria-pressed:font-semibold"
          >
            <Sign slot={slot} theme={theme} />
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="text-muted">{formatCount(count)}</span>
          </button>
        </li>
      ))}
      {unseen > 0 && (
        <li className="text-muted flex min-h-6 items-center gap-1.5 px-1.5">
          <Sign slot={OTHERS} theme={theme} isRing />
          <span className="flex-1">hollow: never trained on</span>
          <span>{formatCount(unseen)}</span>
        </li>
      )}
    </ul>
  )
}
