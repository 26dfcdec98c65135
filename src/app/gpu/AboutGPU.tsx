import { Cpu, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { gpu, useGPU } from '../store/gpu.ts'
import { useWorker } from '../store/worker.ts'
import { KernelBars } from './KernelBars.tsx'
import { MeasureControls } from './MeasureControls.tsx'
import { StepTable } from './StepTable.tsx'
import { describeFeatures } from './words.ts'

const TITLE = 'About this GPU'

/** What trains here, and how fast: the benchmark on the person's own machine. */
export function AboutGPU() {
  return (
    <Dialog.Root onOpenChange={(open) => (open ? gpu.describe() : gpu.stop())}>
      <Dialog.Trigger
        aria-label={TITLE}
        title={TITLE}
        className="grid size-9 place-items-center rounded-plate text-muted hover:bg-well hover:text-ink"
      >
        <Cpu size="1.125rem" aria-hidden />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-page/80" />
        <Dialog.Content className="plate fixed inset-x-4 top-1/2 z-50 mx-auto grid max-h-[calc(100dvh-2rem)] max-w-3xl -translate-y-1/2 gap-4 overflow-y-auto p-6 text-sm">
          <div className="flex items-start justify-between gap-4">
            <Dialog.Title className="font-semibold">{TITLE}</Dialog.Title>
            <Dialog.Close
              aria-label="Close"
              className="-m-2 grid size-9 place-items-center rounded-plate text-muted hover:bg-well hover:text-ink"
            >
              <X size="1.125rem" aria-hidden />
            </Dialog.Close>
          </div>
          <Dialog.Description className="max-w-prose text-muted">
            A training step is recorded once and then replayed as one piece of work for the GPU. Measure what
            that is worth on this machine, beside the same step in stock TensorFlow.js.
          </Dialog.Description>
          <Findings />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
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
