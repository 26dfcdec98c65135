import { useEffect, useRef, useState, type ReactNode } from 'react'
import { formatCount, formatNumber } from '../components/format.ts'
import { useBeside } from '../store/beside.ts'
import { useShownHistory } from '../store/history.ts'
import { useRun, useRunningConfig } from '../store/runState.ts'
import { announce, isDue, PHASES } from './announcement.ts'
import { BackendInfo } from './BackendInfo.tsx'

/** Step, loss, ms a step and backend of the shown modality's run. The numbers change silently; `Announcer` speaks for them. */
export function StatusLine() {
  const history = useShownHistory()
  const phase = useRun((state) => state.phase)
  const step = useRun((state) => state.step)
  const estimate = useRun((state) => state.estimate)
  const { steps } = useRunningConfig()
  const alone = useBeside() === undefined // else the estimate is of both runs
  const ms = history.latest('step_ms')
  return (
    <div
      role="status"
      aria-live="off"
      aria-label="Training status"
      className="flex flex-wrap items-center gap-x-3 text-[0.8125rem] max-sm:gap-x-2 max-sm:text-xs"
    >
      <span className="text-muted w-16 max-lg:sr-only min-[80rem]:max-[88rem]:sr-only">{PHASES[phase]}</span>
      <Reading label="step" value={formatCount(step)}>
        <span className="text-muted max-[88rem]:hidden">of {formatCount(steps)}</span>
      </Reading>
      <Reading label="loss" value={formatNumber(history.latest('loss'))} />
      <Reading
        value={
          Number.isNaN(ms) && estimate && alone ? `≈ ${formatNumber(estimate.stepMs)}` : formatNumber(ms)
        }
      >
        <span className="text-muted">ms/step</span>
      </Reading>
      <BackendInfo />
      <Announcer />
    </div>
  )
}

interface ReadingProps {
  readonly label?: string
  readonly value: string
  /** What follows the value: a unit, a total. */
  readonly children?: ReactNode
}

function Reading({ label, value, children }: ReadingProps) {
  return (
    <span className="whitespace-nowrap">
      {label !== undefined && <span className="text-muted">{label} </span>}
      <span className="font-semibold">{value}</span> {children}
    </span>
  )
}

function Announcer() {
  const history = useShownHistory()
  const phase = useRun((state) => state.phase)
  const step = useRun((state) => state.step)
  const loss = history.latest('loss')
  const [text, setText] = useState('')
  const spoken = useRef({ phase, step: 0, at: 0 })
  useEffect(() => {
    const now = performance.now()
    if (!isDue(spoken.current, { phase, step, at: now })) return
    spoken.current = { phase, step, at: now }
    setText(announce(phase, step, loss))
  }, [phase, step, loss])
  return (
    <span aria-live="polite" className="sr-only">
      {text}
    </span>
  )
}
