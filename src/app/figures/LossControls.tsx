import { MODALITIES } from '../../config/modalities.ts'
import { Segmented } from '../components/Segmented.tsx'
import { useShown } from '../store/experiment.ts'
import type { Across } from './across.ts'

/** Which runs the chart draws. */
export type Scope = 'all' | 'shown'

interface Props {
  readonly across: Across
  readonly onAcross: (across: Across) => void
  readonly scope: Scope
  readonly onScope: (scope: Scope) => void
  /** Whether there are other runs than the shown one to draw. */
  readonly hasOthers: boolean
}

const ACROSS = [
  { value: 'step', label: 'Steps' },
  { value: 'seconds', label: 'Time' },
] as const

/** Which runs are drawn, and over what. */
export function LossControls({ across, onAcross, scope, onScope, hasOthers }: Props) {
  const { title } = MODALITIES[useShown()]
  const scopes = [
    { value: 'all', label: 'All runs' },
    { value: 'shown', label: `${title} only` },
  ] as const
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <Segmented legend="Drawn over" size="small" options={ACROSS} value={across} onChange={onAcross} />
      {hasOthers && (
        <Segmented legend="Drawn runs" size="small" options={scopes} value={scope} onChange={onScope} />
      )}
    </div>
  )
}
