import { useEffect, useRef, useState } from 'react'
import { formatCount, formatNumber } from '../components/format.ts'
import { useField } from '../store/experiment.ts'
import { history, useHistoryVersion } from '../store/history.ts'
import { useRun } from '../store/run.ts'
import { announce, isDue, PHASES } from './announcement.ts'
import { BackendInfo } from './BackendInfo.tsx'

/** Step, loss, ms a step and backend. The numbers change silently; `Announcer` speaks for them. */
export function StatusLine() {
  useHistoryVersion()
  const phase = useRun((state) => state.phase)
  const step = useRun((state) => state.step)
  const steps = useField('steps')
  const shownStep = Math.max(step, lastStep())
  return (
    <div
      role="status"
      aria-live="off"
      aria-label="Training status"
      className="flex flex-wrap items-center gap-x-3 text-[0.8125rem]"
    >
      <span className="text-muted w-16">{PHASES[phase]}</span>
      <Reading label="step" value={`${formatCount(shownStep)} / ${formatCount(steps)}`} />
      <Reading label="loss" value={formatNumber(history.latest('loss'))} />
      <Reading label="ms/step" value={formatNumber(history.latest('step_ms'))} after />
      <BackendInfo />
      <Announcer />
    </div>
  )
}

interface ReadingProps {
  readonly label: string
  readonly value: string
  /** The label is a unit and stands after the value. */
  readonly after?: boolean
}

function Reading({ label, value, after = false }: ReadingProps) {
  const name = <span className="text-muted">{label}</span>
  return (
    <span className="whitespace-nowrap">
      {!after && name} <span className="font-semibold">{value}</span> {after && name}
    </span>
  )
}

/** Metrics and state arrive as separate events; the later of the two is the truth. */
function lastStep(): number {
  return history.latest('step') || 0
}

function Announcer() {
  const version = useHistoryVersion()
  const phase = useRun((state) => state.phase)
  const [text, setText] = useState('')
  const spoken = useRef({ phase, at: 0 })
  useEffect(() => {
    const now = performance.now()
    if (!isDue(spoken.current, phase, now)) return
    spoken.current = { phase, at: now }
    setText(announce(phase, useRun.getState().step, history.latest('loss')))
  }, [phase, version])
  return (
    <span aria-live="polite" className="sr-only">
      {text}
    </span>
  )
}
