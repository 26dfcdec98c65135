import { MODALITY_NAMES } from '../../config/modalities.ts'
import type { GPUReportEvent } from '../../worker/protocol.ts'
import { Button } from '../components/Button.tsx'
import { gpu, useGPU } from '../store/gpu.ts'
import { useRuns } from '../store/runState.ts'
import { presetTitle } from './words.ts'

/** Starts and stops the measuring, which needs the GPU for itself. */
export function MeasureControls({ report }: { readonly report: GPUReportEvent }) {
  const training = useRuns((runs) => MODALITY_NAMES.some((name) => runs[name].phase === 'training'))
  const activity = useGPU((state) => state.activity)
  const { measuring, rows } = report
  return (
    <div className="flex flex-wrap items-center gap-3">
      {activity === 'none' ? (
        <Button look="primary" disabled={training} onClick={() => gpu.measure()}>
          {rows.length === 0 ? 'Measure' : 'Measure again'}
        </Button>
      ) : (
        <Button disabled={activity === 'stopping'} onClick={() => gpu.stop()}>
          Stop
        </Button>
      )}
      <p role="status" className="text-muted">
        {activity === 'measuring' &&
          (measuring === null ? 'Measuring…' : `Measuring ${presetTitle(measuring)}…`)}
        {activity === 'stopping' && 'Stopping after this step…'}
        {activity === 'none' &&
          training &&
          'Pause what trains first: it would share the GPU with what is measured.'}
      </p>
    </div>
  )
}
