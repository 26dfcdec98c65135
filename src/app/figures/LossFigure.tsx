import { useState } from 'react'
import { MODALITY_NAMES, type ModalityName } from '../../config/modalities.ts'
import type { ByModality } from '../../config/byModality.ts'
import { useShown } from '../store/experiment.ts'
import type { Columns } from '../store/history.ts'
import { useRun } from '../store/run.ts'
import { acrossAxis, type Across, type AcrossAxis } from './across.ts'
import { EmptyFigure } from './EmptyFigure.tsx'
import { FigureFrame } from './FigureFrame.tsx'
import { LogSwitch } from './LogSwitch.tsx'
import { LossChart } from './LossChart.tsx'
import { LossControls, type Scope } from './LossControls.tsx'
import { lossSeries, runsSeries } from './lossSeries.ts'
import { describeLosses } from './lossWords.ts'
import { RunsChart } from './RunsChart.tsx'
import { useHistories } from './useHistory.ts'

/** The losses of all runs, or of the shown one alone. */
export function LossFigure() {
  const shown = useShown()
  const histories = useHistories()
  const [log, setLog] = useState(true)
  const [across, setAcross] = useState<Across>('step')
  const [scope, setScope] = useState<Scope>('all')
  const begun = MODALITY_NAMES.filter((name) => histories[name].length > 0)
  const hasOthers = begun.some((name) => name !== shown)
  const drawn = scope === 'all' ? begun : begun.filter((name) => name === shown)
  const axis = axisFor(drawn, histories, across)
  const runs = { shown, drawn, histories }
  return (
    <FigureFrame
      title="Loss"
      description={describeLosses(drawn, histories)}
      actions={begun.length > 0 && <LogSwitch checked={log} onChange={setLog} />}
      caption={captionFor(drawn.length > 1)}
    >
      {begun.length > 0 && (
        <LossControls
          across={across}
          onAcross={setAcross}
          scope={scope}
          onScope={setScope}
          hasOthers={hasOthers}
        />
      )}
      <Losses runs={runs} log={log} across={across} axis={axis} />
    </FigureFrame>
  )
}

/** As long as the longest line. */
function axisFor(drawn: readonly ModalityName[], histories: ByModality<Columns>, across: Across): AcrossAxis {
  const ends = drawn.map((name) => histories[name][across].at(-1) ?? 0)
  return acrossAxis(across, Math.max(0, ...ends))
}

function captionFor(several: boolean): string {
  const whole = 'The loss should fall. One near zero may be a collapse: the figure below tells.'
  return several
    ? `${whole} Each line is smoothed; runs on different data compare in shape, not in height.`
    : whole
}

interface LossesProps {
  readonly runs: {
    readonly shown: ModalityName
    readonly drawn: readonly ModalityName[]
    readonly histories: ByModality<Columns>
  }
  readonly log: boolean
  readonly across: Across
  readonly axis: AcrossAxis
}

/** The shown run in full where it is alone, else a line for each run. */
function Losses({ runs: { shown, drawn, histories }, log, across, axis }: LossesProps) {
  const training = useRun((state) => state.phase === 'training')
  if (drawn.length === 0)
    return (
      <EmptyFigure className="min-h-62">
        {training
          ? 'On the way to the first step, which takes the longest: everything is set up in it.'
          : 'The loss of every step will be drawn here. Press Train.'}
      </EmptyFigure>
    )
  const [only] = drawn
  return drawn.length === 1 && only === shown ? (
    <LossChart modality={shown} points={lossSeries(histories[shown], across)} log={log} across={axis} />
  ) : (
    <RunsChart points={runsSeries(histories, across)} log={log} across={axis} />
  )
}
