import { Cpu } from 'lucide-react'
import { HeaderDialog } from '../components/HeaderDialog.tsx'
import { gpu, useGPU } from '../store/gpu.ts'
import { useWorker } from '../store/worker.ts'
import { KernelBars } from './KernelBars.tsx'
import { MeasureControls } from './MeasureControls.tsx'
import { StepTable } from './StepTable.tsx'
import { describeFeatures } from './words.ts'

/** What trains here, and how fast: the benchmark on the person's own machine. */
export function AboutGPU() {
  return (
    <HeaderDialog
      title="About this GPU"
      icon={Cpu}
      description="A training step is recorded once and then replayed as one piece of work for the GPU. Measure what that is worth on this machine, beside the same step in stock TensorFlow.js."
      onOpenChange={(open) => (open ? gpu.describe() : gpu.stop())}
    >
      <Findings />
    </HeaderDialog>
  )
}

function Findings() {
  const { report, ...gpuState } = useGPU()
  const lost = useWorker((worker) => worker.failure)
  const failure = lost?.message ?? gpuState.failure
  return (
    <>
      {failure !== null && (
        <p role="alert" className="text-ink">
          {failure}
        </p>
      )}
      {report === null && failure === null && <p className="text-muted">Asking the GPU…</p>}
      {report !== null && (
        <>
          <p>
            <span className="font-medium">
              {report.adapter === '' ? 'A GPU without a name' : report.adapter}
            </span>
            <span className="text-muted"> {describeFeatures(report.features)}</span>
          </p>
          {lost === null && <MeasureControls report={report} />}
          <StepTable report={report} />
          {report.kernels !== null && <KernelBars {...report.kernels} />}
        </>
      )}
    </>
  )
}
