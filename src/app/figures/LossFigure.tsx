import { useState } from 'react'
import { MODALITY_NAMES, type ModalityName } from '../../config/modalities.ts'
import { describeDifference, differenceOf } from '../runs/besideWords.ts'
import { ComparedRuns } from '../runs/ComparedRuns.tsx'
import { useCompared, type ComparedRun } from '../store/compared.ts'
import { useShown } from '../store/experiment.ts'
import { historyOf, type Columns, type Turning } from '../store/history.ts'
import { useRun } from '../store/runState.ts'
import { acrossAxis, type Across, type AcrossAxis } from './across.ts'
import { EmptyFigure } from './EmptyFigure.tsx'
import { FigureFrame } from './FigureFrame.tsx'
import { LogSwitch } from './LogSwitch.tsx'
import { LossChart } from './LossChart.tsx'
import { LossControls, type Scope } from './LossControls.tsx'
import { lossLines, type LossLine } from './lossLines.ts'
import { lossSeries, runsSeries } from './lossSeries.ts'
import { describeLosses } from './lossWords.ts'
import { RunsChart } from './RunsChart.tsx'
import { TurningList } from './TurningList.tsx'
import { TurningMarks } from './TurningMarks.tsx'
import { movesOf } from './turnings.ts'
import { useHistories } from './useHistory.ts'

/** The losses of all open runs, or of the shown one alone, and of kept runs beside it. */
export function LossFigure() {
  const shown = useShown()
  const histories = useHistories()
  const compared = useCompared(useRun((state) => state.kept?.id))
  const [log, setLog] = useState(true)
  const [across, setAcross] = useState<Across>('step')
  const [scope, setScope] = useState<Scope>('all')
  const begun = MODALITY_NAMES.filter((name) => histories[name].length > 0)
  const hasOthers = begun.some((name) => name !== shown)
  const drawn = scope === 'all' ? begun : begun.filter((name) => name === shown)
  const lines = lossLines(drawn, histories, compared)
  const moves = movesOf(historyOf(shown).turnings())
  return (
    <FigureFrame
      title="Loss"
      description={describeLosses(lines)}
      actions={lines.length > 0 && <LogSwitch checked={log} onChange={setLog} />}
      caption={captionFor(lines.length > 1)}
    >
      {lines.length > 0 && (
        <LossControls
          across={across}
          onAcross={setAcross}
          scope={scope}
          onScope={setScope}
          hasOthers={hasOthers}
        />
      )}
      <Losses
        shown={shown}
        lines={lines}
        log={log}
        axis={axisFor(lines, across)}
        across={across}
        moves={moves}
      />
      <TurningList moves={moves} />
      <LiveDifference here={histories[shown]} compared={compared} />
      <ComparedRuns runs={compared} />
    </FigureFrame>
  )
}

/** What the run that makes its steps beside this one has at the same step. */
function LiveDifference({
  here,
  compared,
}: {
  readonly here: Columns
  readonly compared: readonly ComparedRun[]
}) {
  const beside = compared.find(({ isLive }) => isLive)
  const difference = beside?.columns && differenceOf(here, beside.columns)
  if (!beside || !difference) return null
  return <p className="text-xs">{describeDifference(difference, beside.letter)}</p>
}

/** As long as the longest line. */
function axisFor(lines: readonly LossLine[], across: Across): AcrossAxis {
  const ends = lines.map(({ columns }) => columns[across].at(-1) ?? 0)
  return acrossAxis(across, Math.max(0, ...ends))
}

function captionFor(several: boolean): string {
  const whole = 'The loss should fall. One near zero may be a collapse: the figure below tells.'
  return several
    ? `${whole} Each line is smoothed. Runs with other data or other targets compare in shape, not in height.`
    : whole
}

interface LossesProps {
  readonly shown: ModalityName
  readonly lines: readonly LossLine[]
  readonly log: boolean
  readonly across: Across
  readonly axis: AcrossAxis
  /** What was turned of the shown run. */
  readonly moves: readonly Turning[]
}

/** The shown run in full where it is alone, else a line for each run. */
function Losses({ shown, lines, log, across, axis, moves }: LossesProps) {
  const training = useRun((state) => state.phase === 'training')
  if (lines.length === 0)
    return (
      <EmptyFigure className="min-h-62">
        {training
          ? 'On the way to the first step, which takes the longest: everything is set up in it.'
          : 'The loss of every step will be drawn here. Press Train.'}
      </EmptyFigure>
    )
  const [only] = lines
  const marks = <TurningMarks moves={moves} by={across} />
  if (lines.length === 1 && only.key === shown)
    return (
      <LossChart modality={shown} points={lossSeries(only.columns, across)} log={log} across={axis}>
        {marks}
      </LossChart>
    )
  const runs = Object.fromEntries(lines.map(({ key, columns }) => [key, columns]))
  return (
    <RunsChart lines={lines} points={runsSeries(runs, across)} log={log} across={axis}>
      {marks}
    </RunsChart>
  )
}
