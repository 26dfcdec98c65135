import { MODALITY_NAMES } from '../../config/modalities.ts'
import type { GPUReportEvent } from '../../worker/protocol.ts'
import { Button } from '../components/Button.tsx'
import { gpu } from '../store/gpu.ts'
import { useRuns } from '../store/run.ts'
import { presetTitle } from './words.ts'

/** Starts and stops the measuring, which needs the GPU for itself. */
export function MeasureControls({ report }: { readonly report: GPUReportEvent }) {
  const training = useRuns((runs) => MODALITY_NAMES.some((name) => runs[name].phase === 'training'))
  const { measuring, rows } = report
  return (
    <div className="flex flex-wrap items-center gap-3">
      {measuring === null ? (
        <Button look="primary" disabled={training} onClick={() => gpu.measure()}>
          {rows.length === 0 ? 'Measure' : 'Measure again'}
        </Button>
      ) : (
        <Button onClick={() => gpu.stop()}>Stop</Button>
      )}
      <p role="status" className="text-muted">
        {measuring !== null && `Measuring ${presetTitle(measuring)}…`}
        {measuring === null &&
          training &&
          'Pause what trains first: it would share the GPU with what is measured.'}
      </p>
    </div>
  )
}
