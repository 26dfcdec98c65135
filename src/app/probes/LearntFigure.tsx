import { useId, useState } from 'react'
import { MODALITIES } from '../../config/modalities.ts'
import type { Config } from '../../config/schema.ts'
import { Button } from '../components/Button.tsx'
import { formatCount } from '../components/format.ts'
import { ProgressBar } from '../components/ProgressBar.tsx'
import { Segmented } from '../components/Segmented.tsx'
import { EmptyFigure } from '../figures/EmptyFigure.tsx'
import { FigureFrame } from '../figures/FigureFrame.tsx'
import { ComparedRuns } from '../runs/ComparedRuns.tsx'
import { useShown } from '../store/experiment.ts'
import { useLearnt, type Learnt } from '../store/learnt.ts'
import { useRun, useRunningConfig } from '../store/runState.ts'
import type { Method } from './accuracy.ts'
import { AccuracyChart } from './AccuracyChart.tsx'
import { ConfusionMatrix } from './ConfusionMatrix.tsx'
import { MeasureButton } from './MeasureButton.tsx'
import { guessing, standing } from './standing.ts'
import { useMeasuredAlike } from './useMeasuredAlike.ts'
import { describeLearnt, describeMethod, formatShare, whatWillCome, whyNot } from './words.ts'

const METHODS = [
  { value: 'linear', label: 'Linear' },
  { value: 'knn', label: 'Neighbours' },
] as const

/** How well samples that were held out can be told apart by what was learnt, which a falling loss does not say. */
export function LearntFigure() {
  const [method, setMethod] = useState<Method>('linear')
  const learnt = useLearnt()
  const { sample } = MODALITIES[useShown()]
  const config = useRunningConfig()
  const isTraining = useRun(({ phase }) => phase === 'training')
  const hasSome = learnt.random !== null || learnt.probes.length > 0 || learnt.earlier.rows.length > 0
  return (
    <FigureFrame
      title="What it has learnt"
      description={describeLearnt(learnt, method, sample)}
      actions={<MeasureButton />}
      caption={
        hasSome
          ? `${describeMethod(method, config.probeNeighbours)} Labels are used here only, never in training. ${costOf(learnt, config)}`
          : 'A falling loss proves little. Here the frozen representation is asked what samples are that it has never seen.'
      }
    >
      {learnt.done !== null && (
        <ProgressBar label="Samples that have been looked at" value={learnt.done} max={1} />
      )}
      {learnt.failure !== null && (
        <p role="alert" className="text-difference-text text-xs">
          {learnt.failure.message}
        </p>
      )}
      {hasSome ? (
        <>
          <Segmented
            legend="How classes are told"
            size="small"
            options={METHODS}
            value={method}
            onChange={setMethod}
          />
          <Measured learnt={learnt} method={method} />
        </>
      ) : (
        <EmptyFigure className="min-h-44">
          {learnt.survey?.tested === 0 ? whyNot(learnt.survey, config.samples) : whatWillCome(isTraining)}
        </EmptyFigure>
      )}
    </FigureFrame>
  )
}

interface MeasuredProps {
  readonly learnt: Learnt
  readonly method: Method
}

function Measured({ learnt, method }: MeasuredProps) {
  const { probeNetwork } = useRunningConfig()
  const step = useRun((state) => state.step)
  const compared = useMeasuredAlike(learnt)
  const [open, setOpen] = useState(false)
  const matrix = useId()
  const latest = learnt.probes.at(-1) ?? learnt.random
  return (
    <>
      <Comparison learnt={learnt} method={method} />
      <p className="text-xs empty:hidden">{standing(learnt, method)}</p>
      {/* A shortcut for the pointer: the button below does the same. */}
      <div onClick={() => setOpen(true)} role="presentation">
        <AccuracyChart
          learnt={learnt}
          compared={compared}
          method={method}
          network={probeNetwork}
          step={step}
        />
      </div>
      <ComparedRuns runs={compared} />
      {latest !== null && learnt.survey !== null && (
        <>
          <Button
            size="small"
            className="justify-self-start"
            aria-expanded={open}
            aria-controls={matrix}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Hide what is mixed up' : 'Show what is mixed up'}
          </Button>
          <div id={matrix} hidden={!open}>
            {open && <ConfusionMatrix classes={learnt.survey.classes} confusion={latest[method].confusion} />}
          </div>
        </>
      )}
    </>
  )
}

const NONE = { confusion: new Uint32Array() }
const NOTHING_TOLD = { knn: NONE, linear: NONE }

/** The latest accuracy beside what it has to beat. */
function Comparison({ learnt, method }: MeasuredProps) {
  const latest = learnt.probes.at(-1)
  const { probeNetwork } = useRunningConfig()
  const { confusion } = (latest ?? learnt.random ?? learnt.raw ?? NOTHING_TOLD)[method]
  return (
    <dl className="grid grid-cols-[repeat(4,auto)] gap-2">
      <Reading name={probeNetwork} value={latest?.[method].accuracy} strong />
      <Reading name="random start" value={learnt.random?.[method].accuracy} />
      <Reading name="raw input" value={learnt.raw?.[method].accuracy} />
      <Reading name="guessing" value={guessing(confusion, learnt.survey?.classes.length ?? 0)} />
    </dl>
  )
}

interface ReadingProps {
  readonly name: string
  readonly value: number | undefined
  readonly strong?: boolean
}

function Reading({ name, value, strong = false }: ReadingProps) {
  return (
    <div className="grid content-start">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className={strong ? 'text-lg font-semibold' : 'text-lg'}>
        {value === undefined || Number.isNaN(value) ? '…' : formatShare(value)}
      </dd>
    </div>
  )
}

/** Measuring that nobody asked for takes no more of the time than a twentieth, give or take. */
const UNASKED = 0.06

/** What was tested on, and what measuring takes away from training. */
function costOf({ survey, probes }: Learnt, { samples, probeStyles }: Config): string {
  const latest = probes.at(-1)
  if (survey === null || latest === undefined) return ''
  const unseen = survey.heldOut > 0 ? 'held-out ' : ''
  const styles = samples === 'emoji' && probeStyles === 'other' ? ' in drawing styles not learnt from' : ''
  return `Tested on ${formatCount(survey.tested)} ${unseen}samples${styles}; measuring took ${formatShare(latest.share)} of the time${latest.share > UNASKED ? ', for it was asked for' : ''}.`
}
