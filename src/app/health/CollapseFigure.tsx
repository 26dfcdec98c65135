import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { MODALITIES } from '../../config/modalities.ts'
import { acrossAxis, type AcrossAxis } from '../figures/across.ts'
import { EmptyFigure } from '../figures/EmptyFigure.tsx'
import { FigureFrame } from '../figures/FigureFrame.tsx'
import { useHistory } from '../figures/useHistory.ts'
import { useShown } from '../store/experiment.ts'
import { useShownHealth } from '../store/health.ts'
import { ComparedRuns } from '../runs/ComparedRuns.tsx'
import { useCompared, type ComparedRun } from '../store/compared.ts'
import type { Columns } from '../store/history.ts'
import { useRun, useRunningConfig } from '../store/runState.ts'
import { comparedLines, type ComparedLine } from './comparedLines.ts'
import type { LinePoint } from '../figures/joined.ts'
import { healthLine, metricLine, type SpreadLines } from './series.ts'
import { SpreadChart } from './SpreadChart.tsx'
import { ValueChart } from './ValueChart.tsx'
import { judge, signsOf, type Verdict } from './verdict.ts'
import { describeValues, verdictWords } from './words.ts'

/** Whether the shown run still tells things apart, and the measures by which one knows. */
export function CollapseFigure() {
  const { token } = MODALITIES[useShown()]
  const config = useRunningConfig()
  const columns = useHistory()
  const healths = useShownHealth()
  const spreads = {
    targets: metricLine(columns, 'target_std'),
    predictions: metricLine(columns, 'pred_std'),
    samePlace: healthLine(healths, 'position_std'),
  }
  const compared = useCompared(useRun((state) => state.kept?.id))
  const lines = {
    spreads,
    distance: metricLine(columns, 'teacher_student_distance'),
    rank: healthLine(healths, 'effective_rank'),
    others: {
      spreads: comparedLines(compared, 'target_std'),
      distance: comparedLines(compared, 'teacher_student_distance'),
    },
  }
  const begun = spreads.targets.length > 0
  const verdict = judge(config, signsOf(columns, healths))
  const { short, long } = verdictWords(verdict, token)
  return (
    <FigureFrame
      title="Collapse"
      description={begun ? describeLines(lines) : 'No step has been made yet.'}
      caption="If every answer is the same, the loss is near zero and nothing is learnt. Targets must stay above the limit, also at one place from sample to sample; predictions start alike and should rise."
    >
      {begun ? (
        <>
          <p className="flex gap-2 text-sm leading-snug">
            <VerdictIcon verdict={verdict} />
            <span>
              <strong className="font-semibold">{short}</strong> <span className="text-muted">{long}</span>
            </span>
          </p>
          <Charts
            lines={lines}
            width={config.width}
            across={acrossAxis('step', lastStep(columns, compared))}
          />
          <ComparedRuns runs={compared} />
        </>
      ) : (
        <EmptyFigure className="min-h-40">
          How far answers differ will be drawn here, and what that means. Press Train.
        </EmptyFigure>
      )}
    </FigureFrame>
  )
}

/** The axis is as long as the longest run. */
function lastStep(own: Columns, compared: readonly ComparedRun[]): number {
  return Math.max(...[own, ...compared.map(({ columns }) => columns)].map((each) => each?.step.at(-1) ?? 0))
}

interface Lines {
  readonly spreads: SpreadLines
  readonly distance: readonly LinePoint[]
  readonly rank: readonly LinePoint[]
  /** Of the runs that are compared: the spread of their targets, and the same distance. */
  readonly others: {
    readonly spreads: readonly ComparedLine[]
    readonly distance: readonly ComparedLine[]
  }
}

interface ChartsProps {
  readonly lines: Lines
  /** Of the network: the most directions that there are. */
  readonly width: number
  readonly across: AcrossAxis
}

/** One under the other, over the same steps. */
function Charts({ lines: { spreads, distance, rank, others }, width, across }: ChartsProps) {
  return (
    <>
      <Panel
        title="Spread"
        words={`How far answers differ; dashed: from sample to sample at one place.${others.spreads.length > 0 ? ' Letters: targets of other runs.' : ''}`}
      >
        <SpreadChart lines={spreads} across={across} others={others.spreads} />
      </Panel>
      {distance.length > 0 && (
        <Panel title="Teacher–student distance" words="As a share of the student’s weights.">
          <ValueChart
            label="Teacher–student distance"
            line={distance}
            colour={DIFFERENCE}
            across={across}
            others={others.distance}
          />
        </Panel>
      )}
      {rank.length > 0 && (
        <Panel title="Effective rank" words={`In how many directions of ${width} targets differ.`}>
          <ValueChart label="Effective rank of the targets" line={rank} colour={TEACHER} across={across} />
        </Panel>
      )}
    </>
  )
}

const DIFFERENCE = { line: 'var(--color-difference)', text: 'var(--color-difference-text)' }
const TEACHER = { line: 'var(--color-teacher)', text: 'var(--color-teacher-text)' }

interface PanelProps {
  readonly title: string
  readonly words: string
  readonly children: ReactNode
}

function Panel({ title, words, children }: PanelProps) {
  return (
    <div className="grid gap-1">
      <h3 className="small-caps text-muted">{title}</h3>
      <p className="text-muted text-xs">{words}</p>
      {children}
    </div>
  )
}

/** Beside the words, never instead of them. */
function VerdictIcon({ verdict }: { readonly verdict: Verdict }) {
  const shared = { size: '1.125rem', 'aria-hidden': true } as const
  if (verdict === 'healthy') return <CircleCheck {...shared} className="text-muted shrink-0" />
  if (verdict === 'unknown' || verdict === 'unscaled')
    return <CircleDashed {...shared} className="text-muted shrink-0" />
  return <TriangleAlert {...shared} className="text-difference-text shrink-0" />
}

function describeLines({ spreads, distance, rank }: Lines): string {
  return describeValues({
    'Spread of targets': spreads.targets.at(-1)?.value,
    'Spread of targets at one place, from sample to sample': spreads.samePlace.at(-1)?.value,
    'Spread of predictions': spreads.predictions.at(-1)?.value,
    'Teacher–student distance': distance.at(-1)?.value,
    'Effective rank': rank.at(-1)?.value,
  })
}
