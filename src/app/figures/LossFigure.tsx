import { useState } from 'react'
import { formatCount, formatNumber } from '../components/format.ts'
import { useRun } from '../store/run.ts'
import { EmptyFigure } from './EmptyFigure.tsx'
import { FigureFrame } from './FigureFrame.tsx'
import { LossChart } from './LossChart.tsx'
import { lossSeries, spreadSeries, type LossPoint, type SpreadPoint } from './lossSeries.ts'
import { LogSwitch } from './LogSwitch.tsx'
import { SpreadChart } from './SpreadChart.tsx'
import { useHistory } from './useHistory.ts'

/** With fewer steps the axis would stretch at every update. */
const SHORTEST_AXIS = 20

/** The loss over the run, and whether it falls for the right reason. */
export function LossFigure() {
  const columns = useHistory()
  const losses = lossSeries(columns)
  const spreads = spreadSeries(columns)
  const lastStep = Math.max(SHORTEST_AXIS, losses.at(-1)?.step ?? 0)
  const training = useRun((state) => state.phase === 'training')
  const [log, setLog] = useState(true)
  return (
    <FigureFrame
      title="Loss"
      description={`${describeLoss(losses)} ${describeSpread(spreads)}`}
      actions={losses.length > 0 && <LogSwitch checked={log} onChange={setLog} />}
      caption="The loss should fall while both spreads stay up. Spreads that sink to 0 mean that every answer is the same: collapse."
    >
      {losses.length === 0 ? (
        <EmptyFigure className="min-h-86">
          {training
            ? 'On the way to the first step, which takes the longest: everything is set up in it.'
            : 'The loss of every step will be drawn here. Press Train.'}
        </EmptyFigure>
      ) : (
        <LossChart points={losses} log={log} lastStep={lastStep} />
      )}
      {spreads.length > 0 && <SpreadChart points={spreads} lastStep={lastStep} />}
    </FigureFrame>
  )
}

function describeLoss(points: readonly LossPoint[]): string {
  const [first, last] = [points.at(0), points.at(-1)]
  if (first === undefined || last === undefined) return 'No step has been made yet.'
  const lowest = Math.min(...points.map(({ smoothed }) => smoothed))
  return `From ${formatNumber(first.loss)} at step ${formatCount(first.step)} to ${formatNumber(last.smoothed)} at step ${formatCount(last.step)}, smoothed; lowest ${formatNumber(lowest)}.`
}

function describeSpread(points: readonly SpreadPoint[]): string {
  const last = points.at(-1)
  if (last === undefined) return ''
  return `Spread of the targets ${formatNumber(last.target)}, of the predictions ${formatNumber(last.prediction)}.`
}
