import { tauAt } from '../../config/schedule.ts'
import type { Config } from '../../config/schema.ts'
import { CompactField } from '../components/CompactField.tsx'
import { formatDecay } from '../components/format.ts'
import { useShownHistory } from '../store/history.ts'
import { FigureLink } from './FigureLink.tsx'
import { describeEma } from './words.ts'

/** The words on the arrow from student to teacher: how much of itself the teacher keeps, and the settings of that. */
export function EmaArrow({ config }: { readonly config: Config }) {
  const history = useShownHistory()
  const tau = tauAt(config, history.latest('step') || 1)
  return (
    <>
      <div className="stage-ema-reading">
        <p className="text-teacher-text text-base font-semibold">
          <FigureLink to="ema">{`τ = ${formatDecay(tau)}`}</FigureLink>
        </p>
        <p className="text-muted text-xs leading-snug">{describeEma(tau)}</p>
      </div>
      <div className="stage-ema-setting">
        <CompactField name="tau" accent="var(--color-teacher)" />
        <CompactField name="tauEnd" accent="var(--color-teacher)" />
      </div>
    </>
  )
}
