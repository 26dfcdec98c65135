import { Button } from '../components/Button.tsx'
import { useLearnt } from '../store/learnt.ts'
import { run } from '../store/run.ts'
import { useRun } from '../store/runState.ts'

/** Has the network looked at the samples now, without waiting for the next time that it is due. */
export function MeasureButton() {
  const { done } = useLearnt()
  const phase = useRun((state) => state.phase)
  const cannot = phase === 'opening' || phase === 'failed' || done !== null
  return (
    <Button size="small" disabled={cannot} onClick={run.probe}>
      {done === null ? 'Measure now' : 'Measuring…'}
    </Button>
  )
}
