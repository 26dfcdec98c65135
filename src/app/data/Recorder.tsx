import { Mic, Square } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { messageOf } from '../../messageOf.ts'
import type { SoundRecording } from '../sound/record.ts'
import { Button } from '../components/Button.tsx'
import { formatClock } from '../components/format.ts'
import { files } from '../store/files.ts'

type State =
  | { readonly phase: 'idle'; readonly problem: string | undefined }
  | { readonly phase: 'asking' }
  | { readonly phase: 'recording'; readonly recording: SoundRecording }

const IDLE: State = { phase: 'idle', problem: undefined }

/** Records from the microphone; what was recorded goes the way of any added file. */
export function Recorder() {
  const [state, setState] = useState<State>(IDLE)
  const mounted = useStoppedOnLeaving(state)
  const record = async () => {
    setState({ phase: 'asking' })
    try {
      const { startRecording } = await import('../sound/record.ts')
      const recording = await startRecording()
      if (mounted.current) setState({ phase: 'recording', recording })
      else recording.cancel()
      const file = await recording.file
      if (file !== undefined) files.add([{ file, label: '' }])
      setState(IDLE)
    } catch (error) {
      setState({ phase: 'idle', problem: messageOf(error) })
    }
  }
  if (state.phase === 'recording') return <Running recording={state.recording} />
  return (
    <>
      <Button size="small" disabled={state.phase === 'asking'} onClick={() => void record()}>
        <Mic size="0.875rem" aria-hidden /> Record
      </Button>
      {state.phase === 'idle' && state.problem !== undefined && (
        <p role="alert" className="text-difference-text w-full text-xs">
          {state.problem}
        </p>
      )}
    </>
  )
}

/** A recording that runs when its tab is left is stopped, and kept: nobody is recorded without seeing it. */
function useStoppedOnLeaving(state: State): { readonly current: boolean } {
  const mounted = useRef(true)
  const recording = useRef<SoundRecording>(undefined)
  useEffect(() => {
    recording.current = state.phase === 'recording' ? state.recording : undefined
  }, [state])
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
      recording.current?.stop()
    }
  }, [])
  return mounted
}

const LEVELS_MS = 100

/** Stop, the time so far and how loud it is. */
function Running({ recording }: { readonly recording: SoundRecording }) {
  const [{ seconds, level }, setReading] = useState({ seconds: 0, level: 0 })
  useEffect(() => {
    const read = () => setReading({ seconds: recording.elapsed(), level: recording.level() })
    const timer = setInterval(read, LEVELS_MS)
    return () => clearInterval(timer)
  }, [recording])
  return (
    <div className="flex w-full items-center justify-center gap-3 text-xs">
      <Button size="small" look="primary" onClick={() => recording.stop()}>
        <Square size="0.75rem" fill="currentColor" aria-hidden /> Stop
      </Button>
      <span role="timer" aria-label="Recorded so far">
        {formatClock(seconds)}
      </span>
      <meter aria-label="Loudness" min={0} max={1} value={level} className="sr-only" />
      <span className="bg-rule h-1 w-20 overflow-hidden rounded-full" aria-hidden>
        <span className="bg-audio block h-full" style={{ width: `${100 * Math.min(1, level)}%` }} />
      </span>
    </div>
  )
}
